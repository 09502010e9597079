package dev.lantern.ordercenter.closing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.ordercenter.budget.LeaseState;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.settle.Claim;
import dev.lantern.ordercenter.settle.Given;
import dev.lantern.ordercenter.settle.Ledger;
import dev.lantern.ordercenter.settle.MysqlOffsetStore;
import dev.lantern.ordercenter.settle.OffsetRow;
import dev.lantern.ordercenter.settle.PartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
class LeaseClosingStoreEngineTest {
  private static final long LEASE = 31;
  private static final long TOTAL = 10_000;
  private static final long SLICE = 4_000;
  private static final int PARTITIONS = 8;

  private final Ledger ledger = Ledger.open(SharedEngines.with(Engine.MARIADB));
  private final LogName log = ledger.log("topicC", PARTITIONS);
  private final MysqlOffsetStore offsets = new MysqlOffsetStore(ledger.database());
  private final MysqlLeaseClosingStore store = new MysqlLeaseClosingStore(ledger.database());

  @BeforeEach
  void grant() {
    offsets.ensureRows(log);
    ledger.budget(Given.BUDGET, TOTAL);
    ledger.lease(LEASE, Given.BUDGET, SLICE, log, 10_000);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void markClosing_leaseThatBeatMeanwhile_staysOpen() {
    UnclosedLease seen = lease();
    ledger.database().update("update budget_leases set seq = seq + 1 where lease_id = ?", LEASE);

    assertThat(store.markClosing(seen)).isFalse();
    assertThat(store.markClosing(lease())).isTrue();
    assertThat(lease().state()).isEqualTo(LeaseState.CLOSING);
  }

  @Test
  void storeEnds_theFirstReadStands() {
    store.storeEnds(List.of(LEASE), ends(5));
    store.storeEnds(List.of(LEASE), ends(9));

    assertThat(ledger.one("select sum(queue_end) as n from lease_booked")).isEqualTo(5 * 8);
    assertThat(lease().withoutEnd()).isZero();
  }

  @Test
  void passed_onlyWhereTheOwnersOffsetReachesTheEnd() {
    closing();
    Claim three = own(3, 5);
    Claim four = own(4, 4);
    store.storeEnds(List.of(LEASE), ends(5));

    assertThat(store.passed(List.of(three, four))).isEqualTo(Map.of(three, List.of(LEASE)));
    assertThat(store.passed(List.of())).isEmpty();
  }

  @Test
  void fence_byAFormerOwner_doesNothing() {
    closing();
    Claim former = own(3, 5);
    store.storeEnds(List.of(LEASE), ends(5));
    own(3, 5);

    assertThat(store.fence(former, List.of(LEASE))).isEqualTo(-1);
    assertThat(lease().fenced()).isZero();
  }

  @Test
  void fence_belowTheEnd_doesNothing() {
    closing();
    Claim claim = own(3, 4);
    store.storeEnds(List.of(LEASE), ends(5));

    assertThat(store.fence(claim, List.of(LEASE))).isZero();
  }

  @Test
  void fence_withoutAnEnd_doesNothing() {
    closing();

    assertThat(store.fence(own(3, 4), List.of(LEASE))).isZero();
  }

  @Test
  void close_withAPartitionLeftUnfenced_doesNothing() {
    closing();
    store.storeEnds(List.of(LEASE), ends(0));
    for (int partition = 0; partition < PARTITIONS - 1; partition++) {
      assertThat(store.fence(own(partition, 0), List.of(LEASE))).isEqualTo(1);
    }

    assertThat(store.close(lease())).isEqualTo(-1);
    assertThat(free()).isEqualTo(TOTAL - SLICE);
  }

  @Test
  void close_byManyClosersAtOnce_returnsTheRestOnce() throws Exception {
    closing();
    ledger
        .database()
        .update(
            "update lease_booked set booked = 100 where lease_id = ? and partition_no = 2", LEASE);
    store.storeEnds(List.of(LEASE), ends(0));
    for (int partition = 0; partition < PARTITIONS; partition++) {
      var _ = store.fence(own(partition, 0), List.of(LEASE));
    }
    UnclosedLease seen = lease();
    List<Callable<Long>> closers = new ArrayList<>();
    for (int n = 0; n < 6; n++) {
      closers.add(() -> store.close(seen));
    }

    List<Long> returned = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Long> one : threads.invokeAll(closers)) {
        returned.add(one.get());
      }
    }

    assertThat(returned.stream().filter(units -> units >= 0)).containsExactly(SLICE - 100);
    assertThat(free()).isEqualTo(TOTAL - 100);
    assertThat(store.unclosed(10)).isEmpty();
  }

  @Test
  void freeze_takesEveryUnclosedLeaseOfTheLog() {
    ledger.lease(32, Given.BUDGET, 10, log, 10_000);
    closing();

    assertThat(store.freeze(log.leaseLog())).isEqualTo(2);
    assertThat(ledger.one("select count(*) as n from budget_leases where state = 3")).isEqualTo(2);
    assertThat(store.close(leaseAs(LeaseState.FROZEN))).isEqualTo(-1);
  }

  private UnclosedLease leaseAs(LeaseState state) {
    return new UnclosedLease(
        LEASE,
        Given.BUDGET,
        SLICE,
        log.leaseLog(),
        java.time.Duration.ofSeconds(10),
        state,
        1,
        8,
        0,
        8,
        0);
  }

  private void closing() {
    assertThat(store.markClosing(lease())).isTrue();
  }

  private Claim own(int partition, long nextOffset) {
    PartitionId id = new PartitionId(log, partition);
    ledger
        .database()
        .update(
            "update queue_offsets set next_offset = ? where partition_no = ?",
            nextOffset,
            partition);
    OffsetRow row = offsets.row(id).orElseThrow();
    return new Claim(id, offsets.take(row, "owner").orElseThrow());
  }

  private static long[] ends(long end) {
    long[] ends = new long[PARTITIONS];
    java.util.Arrays.fill(ends, end);
    return ends;
  }

  private UnclosedLease lease() {
    return store.unclosed(10).getFirst();
  }

  private long free() {
    return ledger.one("select free as n from budgets where budget_id = ?", Given.BUDGET);
  }
}
