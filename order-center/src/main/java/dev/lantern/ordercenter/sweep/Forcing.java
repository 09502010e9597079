package dev.lantern.ordercenter.sweep;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Leases;
import dev.lantern.ordercenter.budget.Take;
import dev.lantern.ordercenter.budget.Unit;
import dev.lantern.ordercenter.queue.Partitions;
import dev.lantern.ordercenter.settle.BookingStore;
import dev.lantern.ordercenter.settle.Books;
import dev.lantern.ordercenter.settle.Effects;
import dev.lantern.ordercenter.settle.FundLimits;
import dev.lantern.ordercenter.settle.GroupPlanner;
import dev.lantern.ordercenter.settle.LogRecord;
import dev.lantern.ordercenter.settle.Promise;
import dev.lantern.ordercenter.settle.SetAside;
import dev.lantern.ordercenter.settle.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// Books one promise without its log record: by the same insert as settlement, so that the order
/// number settles every race with it (ONCE).
///
/// Its own lease counts it, unless that is fenced or unknown; then a lease that this instance holds
/// itself (L6); and if none is to be had, the order is parked, counted nowhere, for an operator. So
/// the promise is kept and the budget is not exceeded.
public final class Forcing {
  static final int ATTEMPTS = 6;
  static final String NO_BUDGET = "NO_BUDGET: its lease is closed and no unit was to be had";

  private final BookingStore store;
  private final Leases leases;
  private final Clock clock;
  private final Lane lane;
  private final IntSupplier partitions;
  private final FundLimits limits;

  /// Forces within one lane.
  ///
  /// @param partitions how many its logs have: fixed for a campaign's life
  public Forcing(
      BookingStore store, Leases leases, Clock clock, Lane lane, IntSupplier partitions) {
    this(store, leases, clock, lane, partitions, FundLimits.NONE);
  }

  /// The same under the campaigns' limits.
  public Forcing(
      BookingStore store,
      Leases leases,
      Clock clock,
      Lane lane,
      IntSupplier partitions,
      FundLimits limits) {
    this.store = store;
    this.leases = leases;
    this.clock = clock;
    this.lane = lane;
    this.partitions = partitions;
    this.limits = limits;
  }

  /// What came of it.
  public enum Outcome {
    /// It is in the books by this call.
    FORCED,
    /// It is in the books as a parked order or as a conflict.
    PARKED,
    /// It was in the books before.
    KNOWN,
    /// Not known, or not possible now: the token stays and is met again.
    LATER
  }

  /// Books, or parks, or says that it must be tried again.
  ///
  /// @param lastChance whether a unit that is not to be had *now* is one that is not to be had
  public Outcome force(Promise promise, boolean lastChance) {
    Call call = new Call(promise, lastChance);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<Outcome> outcome = call.attempt();
      if (outcome.isPresent()) {
        return outcome.get();
      }
    }
    call.giveUnitBack();
    return Outcome.LATER;
  }

  private final class Call {
    private final LogRecord.Promised record;
    private final int partition;
    private final boolean lastChance;
    private boolean fenced;
    private boolean busy;
    private @Nullable Unit unit;
    private @Nullable String refusal;

    Call(Promise promise, boolean lastChance) {
      this.lastChance = lastChance;
      this.record = new LogRecord.Promised(-1, promise, "");
      this.partition = Partitions.of(promise.actId(), partitions.getAsInt());
    }

    Optional<Outcome> attempt() {
      Books books = store.lookUp(List.of(record));
      Verdict verdict = charged(decide(books));
      Instant now = clock.now().wall();
      if (busy && !lastChance) {
        return Optional.of(Outcome.LATER);
      }
      return switch (verdict) {
        case Verdict.Known _ -> {
          giveUnitBack();
          yield Optional.of(Outcome.KNOWN);
        }
        case Verdict.Book _ -> commit(verdict, now, Outcome.FORCED);
        case Verdict.Park _, Verdict.Conflict _ -> commit(verdict, now, Outcome.PARKED);
        case Verdict.Retry _,
            Verdict.Voided _,
            Verdict.ParkUnreadable _,
            Verdict.KnownUnreadable _ ->
            throw new IllegalStateException("no verdict on a token: " + verdict);
      };
    }

    private Verdict decide(Books books) {
      SetAside setAside = refusal == null ? new SetAside.Nothing() : new SetAside.ParkAs(refusal);
      return new GroupPlanner(lane, partition, partitions.getAsInt(), limits)
          .plan(List.of(record), books, Set.of(), setAside)
          .getFirst();
    }

    /// The same verdict, counted on a lease that may still count.
    private Verdict charged(Verdict verdict) {
      if (!fenced) {
        return verdict;
      }
      long lease = ownLease();
      return switch (verdict) {
        case Verdict.Book(var from, Promise promise, _) ->
            lease == 0
                ? new Verdict.Park(from, promise, 0, NO_BUDGET)
                : new Verdict.Book(from, promise, lease);
        case Verdict.Park(var from, Promise promise, _, String why) ->
            new Verdict.Park(from, promise, lease, why);
        case Verdict.Conflict(var from, Promise promise, _, var why) ->
            new Verdict.Conflict(from, promise, lease, why);
        case Verdict.Known _,
            Verdict.Retry _,
            Verdict.Voided _,
            Verdict.ParkUnreadable _,
            Verdict.KnownUnreadable _ ->
            verdict;
      };
    }

    private long ownLease() {
      if (unit == null) {
        Promise promise = record.promise();
        switch (leases.take(promise.outcome().budgetId(), promise.outcome().units())) {
          case Take.Taken(Unit taken) -> unit = taken;
          case Take.SoldOut() -> {}
          case Take.Busy _, Take.Frozen _ -> busy = true;
        }
      }
      return unit == null ? 0 : unit.leaseId().value();
    }

    private Optional<Outcome> commit(Verdict verdict, Instant now, Outcome done) {
      return switch (store.commit(Effects.of(List.of(verdict), partition, now, limits))) {
        case BookingStore.Result.Done() -> Optional.of(done);
        case BookingStore.Result.AlreadyThere() -> Optional.empty();
        case BookingStore.Result.Fenced() -> {
          // Its own lease the first time; a lease of ours that was closed meanwhile after that.
          fenced = true;
          unit = null;
          yield Optional.empty();
        }
        case BookingStore.Result.Refused(String why) -> {
          refusal = why;
          yield Optional.empty();
        }
        case BookingStore.Result.NotMine() -> Optional.of(Outcome.LATER);
        case BookingStore.Result.Unknown() -> {
          // The unit may have been used: it is never put back.
          unit = null;
          yield Optional.of(Outcome.LATER);
        }
      };
    }

    void giveUnitBack() {
      if (unit != null) {
        leases.putBack(unit);
        unit = null;
      }
    }
  }
}
