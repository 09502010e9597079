package dev.lantern.ordercenter.settle;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.order.Fen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupPlannerTest {
  private static final int PARTITION = 3;
  private static final Instant NOW = Instant.parse("2027-01-01T12:00:01Z");
  private static final SetAside BOOK = new SetAside.Nothing();
  private static final long LEASE = 11;
  private final GroupPlanner planner = new GroupPlanner(Lane.LANE_LIVE, PARTITION, 8);
  private final Given first = Given.of(Given.user(0, PARTITION, 8), 50, LEASE);

  /// A5 as a table: what a later record is, beside an order of 50 fen.
  @ParameterizedTest
  @CsvSource({
    "50, false, Known", "49, false, Known", "0, false, Known", "51, false, Conflict",
    "50, true, Conflict", "49, true, Conflict", "51, true, Conflict", "0, true, Conflict",
  })
  void laterRecord_isJudgedByFingerprintAndWorth(long fen, boolean another, String verdict) {
    Given later = first.withFen(fen).withRequested(another ? 9 : 0);

    List<Verdict> plan = planner.plan(List.of(later.at(7)), books(first), Set.of(), BOOK);

    assertThat(name(plan.getFirst())).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "51, false, OUTCOME_CONFLICT",
    "50, true, ORDER_CONFLICT",
    "51, true, ORDER_CONFLICT"
  })
  void conflict_saysWhy(long fen, boolean another, Verdict.ConflictReason reason) {
    Given later = first.withFen(fen).withRequested(another ? 9 : 0);

    List<Verdict> plan = planner.plan(List.of(later.at(7)), books(first), Set.of(), BOOK);

    assertThat(((Verdict.Conflict) plan.getFirst()).reason()).isEqualTo(reason);
  }

  @Test
  void sameGroup_isJudgedAsIfTheFirstWereBooked() {
    List<Verdict> plan =
        planner.plan(
            List.of(first.at(0), first.at(1), first.withFen(60).at(2), first.withFen(60).at(3)),
            Books.UNREAD,
            Set.of(),
            BOOK);

    assertThat(plan.stream().map(GroupPlannerTest::name))
        .containsExactly("Book", "Known", "Conflict", "Known");
  }

  @Test
  void fencedLease_voidsNewRecordsAndConflicts_butNotWhatIsKnown() {
    Given other = first.withRound(2);
    List<Verdict> plan =
        planner.plan(
            List.of(first.at(0), other.at(1), first.withFen(60).at(2)),
            books(first),
            Set.of(LEASE),
            BOOK);

    assertThat(plan.stream().map(GroupPlannerTest::name))
        .containsExactly("Known", "Voided", "Voided");
    assertThat(plan.get(0).handlesItsToken()).isTrue();
    assertThat(plan.get(1).handlesItsToken()).isFalse();
  }

  @Test
  void firstRecordThatIsNotVoid_isTheOrder() {
    List<Verdict> plan =
        planner.plan(
            List.of(first.withLease(66).at(0), first.at(1)), Books.UNREAD, Set.of(66L), BOOK);

    assertThat(plan.stream().map(GroupPlannerTest::name)).containsExactly("Voided", "Book");
  }

  @Test
  void recordOfAnotherPartition_isParkedWhereItLies() {
    Given stray = Given.of(Given.user(0, 4, 8), 50, LEASE);

    Verdict verdict = planner.plan(List.of(stray.at(0)), Books.UNREAD, Set.of(), BOOK).getFirst();

    assertThat(((Verdict.Park) verdict).reason()).startsWith("PARTITION");
    assertThat(((Verdict.Park) verdict).countedLease()).isEqualTo(LEASE);
  }

  @Test
  void moneyWithoutALease_isParkedAndCountedNowhere() {
    Verdict verdict =
        planner.plan(List.of(first.withLease(0).at(0)), Books.UNREAD, Set.of(), BOOK).getFirst();

    assertThat(((Verdict.Park) verdict).reason()).startsWith("LEASE");
    assertThat(Effects.of(List.of(verdict), PARTITION, NOW).leases()).isEmpty();
  }

  @Test
  void unreadableRecord_isParkedOnce() {
    LogRecord.Unreadable unreadable =
        new LogRecord.Unreadable(
            4, first.actId(), "log:t:3:4", ByteString.copyFromUtf8("?"), "not an order", "");

    List<Verdict> plan =
        planner.plan(List.of(unreadable, unreadable), Books.UNREAD, Set.of(), BOOK);

    assertThat(plan.stream().map(GroupPlannerTest::name))
        .containsExactly("ParkUnreadable", "KnownUnreadable");
    assertThat(Effects.of(plan, PARTITION, NOW).orders()).hasSize(1);
  }

  /// Whatever comes: money is conserved, each number is one order at most, each unit is counted on
  /// its lease once, and planning a group in two halves says the same as in one.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyGroup_conservesMoneyAndSplitsAnywhere(long seed) {
    Random random = new Random(seed);
    List<LogRecord> group = new ArrayList<>();
    for (int offset = 0; offset < 200; offset++) {
      group.add(
          Given.of(Given.user(random.nextInt(12), PARTITION, 8), random.nextInt(4), LEASE)
              .withRound(1 + random.nextInt(3))
              .withLease(LEASE + random.nextInt(3))
              .withRequested(random.nextInt(10) == 0 ? 5 : 0)
              .at(offset));
    }
    Set<Long> fenced = random.nextBoolean() ? Set.of(LEASE + 2) : Set.of();

    List<Verdict> whole = planner.plan(group, Books.UNREAD, fenced, BOOK);
    int cut = 1 + random.nextInt(199);
    List<Verdict> parts =
        new ArrayList<>(planner.plan(group.subList(0, cut), Books.UNREAD, fenced, BOOK));
    parts.addAll(planner.plan(group.subList(cut, 200), booksAfter(parts), fenced, BOOK));

    assertThat(parts).isEqualTo(whole);
    assertConserved(Effects.of(whole, PARTITION, NOW), whole);
  }

  private static void assertConserved(Effects effects, List<Verdict> plan) {
    long postings = effects.postings().stream().mapToLong(Posting::amountFen).sum();
    assertThat(effects.balances().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(postings);
    assertThat(effects.accounts().values().stream().mapToLong(Effects.Cost::fen).sum())
        .isEqualTo(postings);
    assertThat(effects.accounts().values().stream().mapToLong(Effects.Cost::entries).sum())
        .isEqualTo(effects.postings().size());
    assertThat(effects.orders().stream().map(OrderRow::orderNo)).doesNotHaveDuplicates();
    long counted =
        plan.stream()
            .filter(v -> v instanceof Verdict.Book || v instanceof Verdict.Conflict)
            .mapToLong(v -> ((Verdict.OnPromise) v).promise().units())
            .sum();
    assertThat(effects.leases().values().stream().mapToLong(Effects.Units::booked).sum())
        .isEqualTo(counted);
    assertThat(effects.leases().values().stream().mapToLong(Effects.Units::parked).sum())
        .isEqualTo(counted - postings);
    assertThat(effects.orders()).isSortedAccordingTo(OrderRow.BY_KEY);
  }

  private static Books books(Given order) {
    return new Books(Map.of(order.orderNo().text(), KnownOrder.of(order.promise())), Set.of());
  }

  private static Books booksAfter(List<Verdict> plan) {
    Map<String, KnownOrder> orders = new HashMap<>();
    Set<ConflictKey> conflicts = new HashSet<>();
    for (Verdict verdict : plan) {
      if (verdict instanceof Verdict.Book(_, Promise promise, _)) {
        orders.put(promise.orderNo().text(), KnownOrder.of(promise));
      } else if (verdict instanceof Verdict.Conflict conflict) {
        conflicts.add(conflict.promise().conflictKey());
      }
    }
    return new Books(orders, conflicts);
  }

  @Test
  void knownOrder_coversTheSameAndLess() {
    KnownOrder known = new KnownOrder(first.promise().fingerprint().sha256(), Fen.of(50));

    assertThat(known.covers(first.withFen(50).promise())).isTrue();
    assertThat(known.covers(first.withFen(51).promise())).isFalse();
    assertThat(known.covers(first.withRequested(9).promise())).isFalse();
  }

  private static String name(Verdict verdict) {
    return verdict.getClass().getSimpleName();
  }
}
