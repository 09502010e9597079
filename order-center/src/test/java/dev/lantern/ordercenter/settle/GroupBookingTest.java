package dev.lantern.ordercenter.settle;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.lantern.common.v1.Lane;
import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.stores.sql.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GroupBookingTest {
  private static final int PARTITION = 3;
  private static final long LEASE = 11;
  private static final GroupBooking.Manner INSERT_FIRST = new GroupBooking.Manner(false, false);
  private static final Clock CLOCK = () -> new Moment(0, Instant.parse("2027-01-01T12:00:01Z"));

  private final LogName log = new LogName(Lane.LANE_LIVE, 1, "topic", "t", 8);
  private final PartitionId id = new PartitionId(log, PARTITION);
  private final MemoryBooks books = new MemoryBooks();

  /// Whatever the store answers and whoever acts in between, in the end every promise is handled
  /// once and the books balance.
  @ParameterizedTest
  @MethodSource("seeds")
  void book_overAnUnreliableStore_endsExact(long seed) {
    Random random = new Random(seed);
    List<LogRecord> all = records(random, 400);
    for (long lease = LEASE; lease < LEASE + 3; lease++) {
      books.lease(lease);
    }
    for (int n = 0; n < 5; n++) {
      books.poison.add(promise(all, random.nextInt(all.size())).orderNo().text());
    }
    books.ensureRows(log);
    UnreliableStore store = new UnreliableStore(books, random, () -> othersAct(random, all));
    GroupBooking booking = new GroupBooking(store, books, CLOCK);

    drive(booking, all, random);

    assertBalanced(all);
    assertThat(store.unknownDone + store.unknownUndone + store.unavailable).isPositive();
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 200);
  }

  private void drive(GroupBooking booking, List<LogRecord> all, Random random) {
    Claim claim = take("w");
    int failures = 0;
    for (int turn = 0; turn < 5_000; turn++) {
      long from = books.row(id).orElseThrow().nextOffset();
      if (from == all.size()) {
        return;
      }
      int size = 1 + random.nextInt(64);
      List<LogRecord> group = all.subList((int) from, (int) Math.min(all.size(), from + size));
      try {
        var manner = new GroupBooking.Manner(random.nextBoolean(), failures > 3);
        switch (booking.book(claim, from, group, manner)) {
          case GroupBooking.Outcome.Booked(List<Verdict> verdicts) -> {
            assertThat(verdicts).hasSameSizeAs(group);
            failures = 0;
          }
          case GroupBooking.Outcome.Lost() -> claim = take("w");
          case GroupBooking.Outcome.MovedOn() -> failures = 0;
          case GroupBooking.Outcome.Stuck(String why) -> throw new AssertionError(why);
        }
      } catch (StoreUnavailableException again) {
        failures++;
      }
    }
    throw new AssertionError("not done");
  }

  /// Forces an order, fences a lease, or takes the partition over.
  private void othersAct(Random random, List<LogRecord> all) {
    switch (random.nextInt(60)) {
      case 0 -> {
        LogRecord.Promised record = (LogRecord.Promised) all.get(random.nextInt(all.size()));
        List<Verdict> plan =
            new GroupPlanner(Lane.LANE_LIVE, PARTITION, 8)
                .plan(
                    List.of(record),
                    books.lookUp(List.of(record)),
                    books.fencedLeases,
                    new SetAside.Nothing());
        var _ = books.commit(Effects.of(plan, PARTITION, Instant.EPOCH));
      }
      case 1 -> books.fencedLeases.add(LEASE + 2);
      case 2 -> take("other");
      default -> {}
    }
  }

  private void assertBalanced(List<LogRecord> all) {
    long posted = books.postings.values().stream().mapToLong(Posting::amountFen).sum();
    assertThat(books.balances.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(posted);
    assertThat(books.accounts.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(posted);
    long counted =
        books.orders.values().stream()
                .mapToLong(o -> (long) java.util.Objects.requireNonNull(o.values().get(12)))
                .sum()
            + books.conflicts.values().stream().mapToLong(c -> c.promise().units()).sum();
    assertThat(books.leases.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(counted);
    for (LogRecord record : all) {
      Promise promise = ((LogRecord.Promised) record).promise();
      KnownOrder order = books.known.get(promise.orderNo().text());
      boolean handled =
          (order != null && order.covers(promise))
              || books.conflicts.containsKey(promise.conflictKey());
      assertThat(handled || books.fencedLeases.contains(promise.leaseId()))
          .as("%s is handled or void", promise.orderNo())
          .isTrue();
    }
    for (OrderRow order : books.orders.values()) {
      boolean setAside = order.state() != OrderState.ORDER_STATE_SUCCESS;
      if (books.poison.contains(order.orderNo()) && amount(order) > 0) {
        assertThat(setAside).as("poison is never booked").isTrue();
      }
    }
  }

  private static long amount(OrderRow order) {
    return (long) java.util.Objects.requireNonNull(order.values().get(12));
  }

  @Test
  void book_commitWhoseReplyIsLost_isNotBookedTwice() {
    books.ensureRows(log);
    books.lease(LEASE);
    BookingStore lossy = new Scripted(books, List.of("done-lost"));

    GroupBooking.Outcome outcome =
        new GroupBooking(lossy, books, CLOCK).book(take("w"), 0, fresh(10), INSERT_FIRST);

    assertThat(outcome).isInstanceOf(GroupBooking.Outcome.Booked.class);
    assertThat(books.postings).hasSize(10);
    assertThat(books.row(id).orElseThrow().nextOffset()).isEqualTo(10);
  }

  @Test
  void book_commitThatNeverArrived_isRepeated() {
    books.ensureRows(log);
    books.lease(LEASE);
    BookingStore lossy = new Scripted(books, List.of("lost", "lost"));

    new GroupBooking(lossy, books, CLOCK).book(take("w"), 0, fresh(10), INSERT_FIRST);

    assertThat(books.postings).hasSize(10);
  }

  @Test
  void book_poisonedOrder_isParkedAloneInAboutTwoLogNTransactions() {
    books.ensureRows(log);
    books.lease(LEASE);
    List<LogRecord> group = fresh(1_000);
    books.poison.add(promise(group, 777).orderNo().text());
    Scripted counting = new Scripted(books, List.of());

    GroupBooking.Outcome outcome =
        new GroupBooking(counting, books, CLOCK).book(take("w"), 0, group, INSERT_FIRST);

    List<Verdict> verdicts = ((GroupBooking.Outcome.Booked) outcome).verdicts();
    assertThat(verdicts.get(777)).isInstanceOf(Verdict.Park.class);
    assertThat(books.count(OrderState.ORDER_STATE_SUCCESS)).isEqualTo(999);
    assertThat(books.count(OrderState.ORDER_STATE_PARKED)).isEqualTo(1);
    assertThat(books.leases.get(LEASE)).isEqualTo(1_000L);
    assertThat(counting.commits).isLessThanOrEqualTo(2 * 11);
  }

  @Test
  void book_offsetMovedByAnEarlierCommitThatCameLate_isReadAgain() {
    books.ensureRows(log);
    books.lease(LEASE);
    Claim claim = take("w");
    new GroupBooking(books, books, CLOCK).book(claim, 0, fresh(10), INSERT_FIRST);

    GroupBooking.Outcome outcome =
        new GroupBooking(books, books, CLOCK).book(claim, 0, fresh(25), INSERT_FIRST);

    assertThat(outcome).isInstanceOf(GroupBooking.Outcome.MovedOn.class);
    assertThat(books.row(id).orElseThrow().nextOffset()).isEqualTo(10);
    assertThat(books.count(OrderState.ORDER_STATE_SUCCESS)).isEqualTo(10);
  }

  @Test
  void book_offsetThatWentBackUnderOurEpoch_stops() {
    books.ensureRows(log);
    Claim claim = take("w");
    List<LogRecord> later = fresh(10).subList(5, 10);

    GroupBooking.Outcome outcome =
        new GroupBooking(books, books, CLOCK).book(claim, 5, later, INSERT_FIRST);

    assertThat(outcome).isInstanceOf(GroupBooking.Outcome.Stuck.class);
  }

  @Test
  void book_unavailableForOneOrder_setsItAsideWhenAskedToHalve() {
    books.ensureRows(log);
    books.lease(LEASE);
    List<LogRecord> group = fresh(64);
    String locked = promise(group, 5).orderNo().text();
    BookingStore store =
        new Scripted(books, List.of()) {
          @Override
          public Result commit(Advance advance, Effects effects) {
            if (effects.postings().stream().anyMatch(p -> p.orderNo().equals(locked))) {
              throw new StoreUnavailableException("its balance is locked", null);
            }
            return super.commit(advance, effects);
          }
        };
    GroupBooking booking = new GroupBooking(store, books, CLOCK);

    var outcome =
        (GroupBooking.Outcome.Booked)
            booking.book(take("w"), 0, group, new GroupBooking.Manner(false, true));

    assertThat(outcome.verdicts().get(5)).isInstanceOf(Verdict.Retry.class);
    assertThat(books.count(OrderState.ORDER_STATE_SUCCESS)).isEqualTo(63);
    assertThat(books.leases.get(LEASE)).isEqualTo(64L);
  }

  @Test
  void book_orderThatIsSetAside_waitsAsItsSceneSays() {
    books.ensureRows(log);
    books.lease(LEASE);
    RetryPolicy own = new RetryPolicy(3, Duration.ofSeconds(7), Duration.ofSeconds(9));
    BookingStore store =
        new Scripted(books, List.of()) {
          @Override
          public Result commit(Advance advance, Effects effects) {
            if (!effects.postings().isEmpty()) {
              throw new StoreUnavailableException("all balances are locked", null);
            }
            return super.commit(advance, effects);
          }
        };
    GroupBooking booking =
        new GroupBooking(store, books, CLOCK, FundLimits.NONE, (_, _, _, _) -> Optional.of(own));

    var outcome =
        (GroupBooking.Outcome.Booked)
            booking.book(take("w"), 0, fresh(1), new GroupBooking.Manner(false, true));

    assertThat(outcome.verdicts().getFirst())
        .isInstanceOfSatisfying(
            Verdict.Retry.class,
            retry -> assertThat(retry.nextAt()).isEqualTo(CLOCK.now().wall().plus(own.first())));
  }

  private Claim take(String worker) {
    return new Claim(id, books.take(books.row(id).orElseThrow(), worker).orElseThrow());
  }

  private static Promise promise(List<LogRecord> records, int index) {
    return ((LogRecord.Promised) records.get(index)).promise();
  }

  private static List<LogRecord> fresh(int count) {
    List<LogRecord> records = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      records.add(Given.of(Given.user(n % 50, PARTITION, 8), 1, LEASE).withRound(n).at(n));
    }
    return records;
  }

  private static List<LogRecord> records(Random random, int count) {
    List<LogRecord> records = new ArrayList<>();
    for (int offset = 0; offset < count; offset++) {
      records.add(
          Given.of(Given.user(random.nextInt(40), PARTITION, 8), random.nextInt(4), LEASE)
              .withRound(random.nextInt(4))
              .withLease(LEASE + random.nextInt(3))
              .withRequested(random.nextInt(12) == 0 ? 9 : 0)
              .at(offset));
    }
    return records;
  }

  /// Loses the first replies as told, and counts commits.
  private static class Scripted implements BookingStore {
    private final BookingStore store;
    private final List<String> script;
    int commits;

    Scripted(BookingStore store, List<String> script) {
      this.store = store;
      this.script = script;
    }

    @Override
    public Result commit(Advance advance, Effects effects) {
      String told = commits < script.size() ? script.get(commits) : "done";
      commits++;
      return switch (told) {
        case "done-lost" -> {
          var _ = store.commit(advance, effects);
          yield new Result.Unknown();
        }
        case "lost" -> new Result.Unknown();
        default -> store.commit(advance, effects);
      };
    }

    @Override
    public Result commit(Effects effects) {
      return store.commit(effects);
    }

    @Override
    public Books lookUp(Collection<? extends LogRecord> records) {
      return store.lookUp(records);
    }

    @Override
    public Set<Long> fenced(int partition, Collection<Long> leases) {
      return store.fenced(partition, leases);
    }

    @Override
    public List<SetAsideOrder> due(Instant now, int limit) {
      return store.due(now, limit);
    }

    @Override
    public Result resume(SetAsideOrder order, Instant now) {
      return store.resume(order, now);
    }

    @Override
    public boolean putOff(SetAsideOrder order, SetAside setAside) {
      return store.putOff(order, setAside);
    }
  }

  @Test
  void unreadable_isBookedAsParked() {
    books.ensureRows(log);
    LogRecord record =
        new LogRecord.Unreadable(0, 5, "log:t:3:0", ByteString.copyFromUtf8("?"), "no order", "");

    new GroupBooking(books, books, CLOCK).book(take("w"), 0, List.of(record), INSERT_FIRST);

    assertThat(books.count(OrderState.ORDER_STATE_PARKED)).isEqualTo(1);
  }
}
