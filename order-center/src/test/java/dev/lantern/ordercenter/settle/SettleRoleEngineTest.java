package dev.lantern.ordercenter.settle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.cli.stack.engine.Engine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
class SettleRoleEngineTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final long LEASE = 701;
  private static final long TOTAL = 1_000_000;
  private static final long SLICE = 400_000;

  private final World world = new World();
  private final Ledger ledger = world.ledger;

  @BeforeEach
  void grant() {
    ledger.budget(Given.BUDGET, TOTAL);
    ledger.lease(LEASE, Given.BUDGET, SLICE, world.log, 600_000);
  }

  @AfterEach
  void close() {
    try {
      ledger.assertConserved();
    } finally {
      world.close();
    }
  }

  @Test
  void start_bookedFromTheQueue_tokensLeaveAndCountersKnow() {
    ledger.tree(1, Instant.parse("2026-01-01T00:00:00Z"), "single_amount_cap_fen: 200");
    world.acceptAll(fresh(0, 400));

    world.start("settle-1");

    awaitBooked(400);
    Eventually.is(SOON, world::tokenMaps, () -> world.tokenMaps() == 0);
    Eventually.is(SOON, () -> world.counted, () -> counted("spring.opened") == 400);
    assertThat(counted("spring.fen")).isEqualTo(400 * 88);
    Eventually.is(SOON, () -> "no epoch settled", () -> settledEpochs() == 1);
    assertThat(ledger.booked(LEASE)).isEqualTo(400 * 88);
  }

  @Test
  void twoRoles_shareThePartitions_andBookEachOrderOnce() {
    world.start("settle-1");
    Eventually.is(SOON, world::rows, () -> owns("settle-1", 8));
    World.Role second = world.start("settle-2");
    Eventually.is(SOON, world::rows, () -> owns("settle-1", 4) && owns("settle-2", 4));
    world.acceptAll(fresh(0, 300));

    awaitBooked(300);
    world.stop(second);

    Eventually.is(SOON, world::rows, () -> owns("settle-1", 8));
    world.acceptAll(fresh(300, 350));
    awaitBooked(350);
    assertThat(ledger.booked(LEASE)).isEqualTo(350 * 88);
  }

  @Test
  void closing_everythingBooked_returnsExactlyTheRest() {
    world.acceptAll(fresh(0, 100));
    world.start("settle-1");
    awaitBooked(100);

    closeLease();

    Eventually.is(SOON, this::leaseState, () -> leaseState() == 4);
    assertThat(free()).isEqualTo(TOTAL - 100 * 88);
  }

  @Test
  void closing_holderThatIsGone_isClosedByItself() {
    ledger.database().update("update budget_leases set lease_time_ms = 1000");
    world.start("settle-1");

    Eventually.is(SOON, this::leaseState, () -> leaseState() == 4);

    assertThat(free()).isEqualTo(TOTAL);
  }

  @Test
  void recordOfAFencedLease_isVoid_andItsTokenIsForcedUnderAnotherLease() {
    world.start("settle-1");
    closeLease();
    Eventually.is(SOON, this::leaseState, () -> leaseState() == 4);
    Given late = fresh(user(3));

    world.accept(late);

    awaitBooked(1);
    Eventually.is(SOON, world::tokenMaps, () -> world.tokenMaps() == 0);
    assertThat(ledger.booked(LEASE)).isZero();
    assertThat(
            ledger.one(
                "select count(*) as n from orders where state = 8 and lease_id = ? and"
                    + " counted_lease_id <> ? and counted_lease_id <> 0",
                LEASE,
                LEASE))
        .isEqualTo(1);
  }

  @Test
  void tokenWithoutARecordAndWithoutBudget_isParked() {
    world.start("settle-1");
    closeLease();
    Eventually.is(SOON, this::leaseState, () -> leaseState() == 4);
    ledger.database().update("update budgets set free = 10 where budget_id = ?", Given.BUDGET);

    world.keepToken(fresh(user(3)));

    Eventually.is(SOON, () -> ledger.orders(4), () -> ledger.orders(4) == 1);
    assertThat(ledger.one("select counted_lease_id as n from orders")).isZero();
    Eventually.is(SOON, world::tokenMaps, () -> world.tokenMaps() == 0);
  }

  @Test
  void tokenOfABookedOrder_leftByACrash_isRemoved() {
    fresh(0, 5).forEach(world::append);
    world.start("settle-1");
    awaitBooked(5);

    fresh(0, 5).forEach(world::keepToken);

    Eventually.is(SOON, world::tokenMaps, () -> world.tokenMaps() == 0);
    assertThat(ledger.orders(8)).isEqualTo(5);
    assertThat(ledger.booked(LEASE)).isEqualTo(5 * 88);
  }

  @Test
  void redisThatLostEverything_hasANewEpochThatSettlesOnceThePastIsBooked() {
    world.start("settle-1");
    Eventually.is(SOON, () -> "no epoch settled", () -> settledEpochs() == 1);

    world.flushRedis();

    Eventually.is(SOON, () -> "no new epoch settled", () -> settledEpochs() == 2);
  }

  @Test
  void topicMadeAgainUnderItsName_isNotBooked() throws Exception {
    World.Role role = world.start("settle-1");
    world.accept(fresh(user(1)));
    awaitBooked(1);

    long bookedUpTo = offsets();

    recreateTopic();
    world.append(fresh(user(2)));

    Eventually.is(SOON, () -> "still well", () -> isStopped(role));
    assertThat(ledger.orders(8)).isEqualTo(1);
    assertThat(offsets()).isEqualTo(bookedUpTo);
  }

  private long offsets() {
    return world.rows().stream().mapToLong(OffsetRow::nextOffset).sum();
  }

  private void recreateTopic() throws Exception {
    try (var admin =
        org.apache.kafka.clients.admin.Admin.create(
            java.util.Map.<String, Object>of(
                "bootstrap.servers", world.engines.address(Engine.KAFKA)))) {
      admin.deleteTopics(List.of(world.log.topic())).all().get();
    }
    Eventually.is(
        SOON,
        () -> "not deleted",
        () -> {
          world.topics.create(world.log.topic(), 8);
          return world.topics.idOf(world.log.topic()).stream()
              .noneMatch(world.log.topicId()::equals);
        });
  }

  private void closeLease() {
    ledger
        .database()
        .update(
            "update budget_leases set state = 2, lease_time_ms = 1000 where lease_id = ?", LEASE);
  }

  private static boolean isStopped(World.Role role) {
    try {
      role.wiring().check();
      return false;
    } catch (IllegalStateException stopped) {
      return String.valueOf(stopped.getMessage()).startsWith("stopped");
    }
  }

  private static List<Given> fresh(int from, int to) {
    return IntStream.range(from, to).mapToObj(n -> fresh(user(n))).toList();
  }

  private static long user(int n) {
    return 5_000L + n;
  }

  private static Given fresh(long user) {
    return Given.of(user, 88, LEASE).acceptedAt(Instant.parse("2026-01-01T12:00:00Z"));
  }

  private void awaitBooked(long orders) {
    Eventually.is(SOON, () -> ledger.orders(8), () -> ledger.orders(8) == orders);
  }

  private long counted(String name) {
    return world.counted.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(name + " "))
        .mapToLong(java.util.Map.Entry::getValue)
        .sum();
  }

  /// As many partitions of the topic, and of the inbox.
  private boolean owns(String name, int partitions) {
    var byLog =
        world.rows().stream()
            .filter(row -> row.owner().startsWith(name + "/"))
            .collect(Collectors.groupingBy(OffsetRow::topicId, Collectors.counting()));
    return byLog.size() == 2 && byLog.values().stream().allMatch(n -> n == partitions);
  }

  private long settledEpochs() {
    return ledger.one("select count(*) as n from redis_epochs where settled_at is not null");
  }

  private long leaseState() {
    return ledger.one("select state as n from budget_leases where lease_id = ?", LEASE);
  }

  private long free() {
    return ledger.one("select free as n from budgets where budget_id = ?", Given.BUDGET);
  }
}
