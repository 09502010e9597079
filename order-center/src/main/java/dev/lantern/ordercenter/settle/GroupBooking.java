package dev.lantern.ordercenter.settle;

import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.stores.sql.StoreUnavailableException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Gets a group of records into the books, whatever the store answers.
///
/// A group is one transaction: the offset's step and all effects (S1). What can go wrong, and what
/// is done about it:
///
/// - *a key is there already* (S3): read which, decide again (A5), insert the rest;
/// - *a lease is fenced* (L5): read which, its new records are void, decide again;
/// - *the store refuses a value, or keeps failing*: halve the group, down to the record that is to
///   blame; that one is set aside as a row of its own, in the transaction that steps over it (S4);
/// - *the commit's reply is lost*: the offset's row tells. It moves only with a commit of its
///   owner, so a row that stands at `to` under our epoch is our commit; one that stands elsewhere
///   beyond `from` has been moved by an earlier commit of ours that came late;
/// - *the row is not ours*: nothing was booked, and nothing more will be under this claim.
///
/// Bounds: a slice is tried [#ATTEMPTS] times before it is halved; halving ends at one record,
/// which is tried as booked, set aside, and unreadable. So a group of n costs at most about
/// `ATTEMPTS * 3 * 2n` transactions; in practice one.
public final class GroupBooking {
  static final int ATTEMPTS = 6;

  private final BookingStore store;
  private final OffsetStore offsets;
  private final Clock clock;
  private final FundLimits limits;
  private final RetryPolicies policies;

  public GroupBooking(BookingStore store, OffsetStore offsets, Clock clock) {
    this(store, offsets, clock, FundLimits.NONE);
  }

  public GroupBooking(BookingStore store, OffsetStore offsets, Clock clock, FundLimits limits) {
    this(store, offsets, clock, limits, RetryPolicies.NONE);
  }

  public GroupBooking(
      BookingStore store,
      OffsetStore offsets,
      Clock clock,
      FundLimits limits,
      RetryPolicies policies) {
    this.store = store;
    this.offsets = offsets;
    this.clock = clock;
    this.limits = limits;
    this.policies = policies;
  }

  /// How to go about it.
  ///
  /// @param lookFirst duplicates are likely: read the books before the first insert
  /// @param halve the group has failed as a whole before: when the store is unavailable for a slice
  ///   of it, try its halves, and set a single record aside to be retried
  public record Manner(boolean lookFirst, boolean halve) {}

  /// What became of a group.
  public sealed interface Outcome {
    /// All of it is committed.
    record Booked(List<Verdict> verdicts) implements Outcome {}

    /// The claim is not ours any more; what was committed before that stays.
    record Lost() implements Outcome {}

    /// The row has moved on under this very claim: an earlier commit, given up as unanswered, has
    /// come true after its row was read. Nothing of this group was committed by it; it is to be
    /// read again from the row.
    record MovedOn() implements Outcome {}

    /// Not even setting aside helps: the partition must stop and somebody must look.
    record Stuck(String why) implements Outcome {}
  }

  /// Books a group.
  ///
  /// @param from the partition's next offset
  /// @param group at most 1,000 records, in the order of their offsets, none below `from`
  /// @throws StoreUnavailableException when the store cannot do it now; what was committed before
  ///   that stays, so the offset's row must be read again
  public Outcome book(Claim claim, long from, List<LogRecord> group, Manner manner) {
    Run run = new Run(claim, manner, from, group);
    return run.book(from, group, new SetAside.Nothing())
        .orElseGet(() -> new Outcome.Booked(run.verdicts));
  }

  /// One group's way into the books. An empty answer of its methods means: go on.
  private final class Run {
    private final Claim claim;
    private final Manner manner;
    private final GroupPlanner planner;
    private final Set<Long> fenced = new HashSet<>();
    private final List<Verdict> verdicts = new ArrayList<>();
    private final long first;
    private final List<InboxKey> inbox;

    Run(Claim claim, Manner manner, long first, List<LogRecord> group) {
      this.claim = claim;
      this.manner = manner;
      this.first = first;
      this.inbox =
          claim.id().log().kind() == LogName.Kind.INBOX
              ? group.stream().map(InboxKey::of).toList()
              : List.of();
      var log = claim.id().log();
      this.planner = new GroupPlanner(log.lane(), claim.id().partition(), log.partitions(), limits);
    }

    Optional<Outcome> book(long from, List<LogRecord> slice, SetAside setAside) {
      Attempted attempted;
      try {
        attempted = attempt(from, slice, setAside);
      } catch (StoreUnavailableException unavailable) {
        boolean last = slice.size() == 1 && !(setAside instanceof SetAside.Nothing);
        if (!manner.halve() || last) {
          throw unavailable;
        }
        return slice.size() > 1
            ? bookHalves(from, slice, setAside)
            : book(
                from,
                slice,
                RetrySchedule.after(
                    policies.of(slice.getFirst()), 0, "UNAVAILABLE", clock.now().wall()));
      }
      return switch (attempted) {
        case Attempted.Committed() -> Optional.empty();
        case Attempted.Ended(Outcome outcome) -> Optional.of(outcome);
        case Attempted.Hindered(String why) -> isolate(from, slice, setAside, why);
      };
    }

    private Attempted attempt(long from, List<LogRecord> slice, SetAside setAside) {
      long to = slice.getLast().offset() + 1;
      Advance advance = new Advance(claim, from, to, drained(from, to));
      Books books = manner.lookFirst() ? store.lookUp(slice) : Books.UNREAD;
      String hindrance = "KEEPS_FAILING";
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        List<Verdict> plan = planner.plan(slice, books, fenced, setAside);
        Effects effects = Effects.of(plan, claim.id().partition(), clock.now().wall(), limits);
        switch (store.commit(advance, effects)) {
          case BookingStore.Result.Done() -> {
            return committed(plan);
          }
          case BookingStore.Result.AlreadyThere() -> books = store.lookUp(slice);
          case BookingStore.Result.Fenced() ->
              fenced.addAll(store.fenced(claim.id().partition(), effects.leases().keySet()));
          case BookingStore.Result.Refused(String why) -> {
            return new Attempted.Hindered(why);
          }
          case BookingStore.Result.NotMine(), BookingStore.Result.Unknown() -> {
            switch (whereIs(advance)) {
              case UNTOUCHED -> hindrance = "NO_REPLY";
              case COMMITTED -> {
                return committed(plan);
              }
              case LOST -> {
                return new Attempted.Ended(new Outcome.Lost());
              }
              case FURTHER -> {
                return new Attempted.Ended(new Outcome.MovedOn());
              }
              case BACK -> {
                return new Attempted.Ended(
                    new Outcome.Stuck("the offset went back under our own epoch"));
              }
            }
          }
        }
      }
      return new Attempted.Hindered(hindrance);
    }

    /// The inbox's numbers have no gaps: a row's place in the group is its number's.
    private List<InboxKey> drained(long from, long to) {
      return inbox.isEmpty()
          ? inbox
          : inbox.subList(Math.toIntExact(from - first), Math.toIntExact(to - first));
    }

    private Attempted committed(List<Verdict> plan) {
      verdicts.addAll(plan);
      return new Attempted.Committed();
    }

    private Optional<Outcome> isolate(
        long from, List<LogRecord> slice, SetAside setAside, String why) {
      if (slice.size() > 1) {
        return bookHalves(from, slice, setAside);
      }
      return switch (setAside) {
        case SetAside.Nothing() -> book(from, slice, new SetAside.ParkAs(why));
        case SetAside.ParkAs _, SetAside.RetryAs _ ->
            switch (slice.getFirst()) {
              case LogRecord.Promised readable ->
                  book(
                      from,
                      List.of(RecordReader.asUnreadable(readable, claim.id(), why)),
                      setAside);
              case LogRecord.Unreadable _ ->
                  Optional.of(new Outcome.Stuck("cannot even be parked: " + why));
            };
      };
    }

    private Optional<Outcome> bookHalves(long from, List<LogRecord> slice, SetAside setAside) {
      int middle = slice.size() / 2;
      List<LogRecord> first = slice.subList(0, middle);
      Optional<Outcome> hindered = book(from, first, setAside);
      return hindered.isPresent()
          ? hindered
          : book(first.getLast().offset() + 1, slice.subList(middle, slice.size()), setAside);
    }

    private Where whereIs(Advance advance) {
      Optional<OffsetRow> row = offsets.row(claim.id());
      if (row.isEmpty() || row.get().epoch() != claim.epoch()) {
        return Where.LOST;
      }
      if (row.get().nextOffset() == advance.to()) {
        return Where.COMMITTED;
      }
      if (row.get().nextOffset() == advance.from()) {
        return Where.UNTOUCHED;
      }
      return row.get().nextOffset() > advance.from() ? Where.FURTHER : Where.BACK;
    }
  }

  /// What came of trying a slice as a whole.
  private sealed interface Attempted {
    record Committed() implements Attempted {}

    record Ended(Outcome outcome) implements Attempted {}

    record Hindered(String why) implements Attempted {}
  }

  /// What the offset's row tells of a commit whose reply was lost, or that found no row.
  private enum Where {
    UNTOUCHED,
    COMMITTED,
    LOST,
    FURTHER,
    BACK
  }
}
