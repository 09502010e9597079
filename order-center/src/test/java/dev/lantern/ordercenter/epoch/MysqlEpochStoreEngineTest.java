package dev.lantern.ordercenter.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.settle.Given;
import dev.lantern.ordercenter.settle.Ledger;
import dev.lantern.ordercenter.settle.MysqlOffsetStore;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
class MysqlEpochStoreEngineTest {
  private static final String EPOCH = "e-1";

  private final Ledger ledger = Ledger.open(SharedEngines.with(Engine.MARIADB));
  private final MysqlEpochStore store = new MysqlEpochStore(ledger.database());
  private final LogName log = ledger.log("topicE", 2);
  private final LogName other = ledger.log("topicZ", 2);

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void settle_onlyWhenEveryPartitionHasPassedItsEnd() {
    record(3, 0);
    assertThat(store.settleIfPassed(EPOCH, Lane.LANE_LIVE)).as("no offset rows").isFalse();
    new MysqlOffsetStore(ledger.database()).ensureRows(log);
    assertThat(store.settleIfPassed(EPOCH, Lane.LANE_LIVE)).as("at 0 of 3").isFalse();
    bookedUpTo(3);

    assertThat(store.settleIfPassed(EPOCH, Lane.LANE_LIVE)).isTrue();
    assertThat(store.settleIfPassed(EPOCH, Lane.LANE_LIVE)).as("again").isFalse();
    assertThat(store.standing(List.of(EPOCH, "unheard-of")))
        .isEqualTo(new EpochStore.Standing(Set.of(EPOCH), Set.of(EPOCH)));
  }

  @Test
  void dropEnds_ofALogThatIsGone_letsTheRestDecide_butNotOverALeaseThatNamesIt() {
    record(3, 0);
    new MysqlOffsetStore(ledger.database()).ensureRows(log);
    ledger.budget(Given.BUDGET, 100);
    ledger.lease(9, Given.BUDGET, 10, log, 1_000);
    assertThat(store.topicsAhead(EPOCH, Lane.LANE_LIVE)).containsExactly("topicE");

    store.dropEnds(EPOCH, "topicE");

    assertThat(store.topicsAhead(EPOCH, Lane.LANE_LIVE)).isEmpty();
    assertThat(store.settleIfPassed(EPOCH, Lane.LANE_LIVE)).as("a frozen lease").isFalse();
    ledger.database().update("update budget_leases set state = 4 where lease_id = 9");
    assertThat(store.settleIfPassed(EPOCH, Lane.LANE_LIVE)).isTrue();
  }

  @Test
  void settle_notWhileAnUnclosedLeaseNamesAnotherTopic() {
    record(0, 0);
    new MysqlOffsetStore(ledger.database()).ensureRows(log);
    ledger.budget(Given.BUDGET, 100);
    ledger.lease(9, Given.BUDGET, 10, other, 1_000);

    assertThat(store.settleIfPassed(EPOCH, Lane.LANE_LIVE)).isFalse();
    assertThat(store.topicsMissing(EPOCH)).containsExactly("topicZ");

    ledger.database().update("update budget_leases set state = 4 where lease_id = 9");
    assertThat(store.settleIfPassed(EPOCH, Lane.LANE_LIVE)).isTrue();
  }

  @Test
  void settle_afterTheOtherTopicsEndsWereAdded_waitsForThose() {
    record(0, 0);
    MysqlOffsetStore offsets = new MysqlOffsetStore(ledger.database());
    offsets.ensureRows(log);
    offsets.ensureRows(other);
    ledger.budget(Given.BUDGET, 100);
    ledger.lease(9, Given.BUDGET, 10, other, 1_000);
    List<EpochStore.End> ends = List.of(new EpochStore.End("topicZ", 0, 2));
    store.addEnds(EPOCH, ends);
    store.addEnds(EPOCH, ends);

    assertThat(store.topicsMissing(EPOCH)).isEmpty();
    assertThat(store.settleIfPassed(EPOCH, Lane.LANE_LIVE)).isFalse();
    bookedUpTo(2);
    assertThat(store.settleIfPassed(EPOCH, Lane.LANE_LIVE)).isTrue();
  }

  @Test
  void record_byASecondKeeper_changesNothing() {
    record(3, 4);
    record(9, 9);

    assertThat(ledger.one("select sum(queue_end) as n from redis_epoch_ends")).isEqualTo(7);
  }

  private void record(long first, long second) {
    store.record(
        EPOCH,
        Lane.LANE_LIVE,
        "run",
        Instant.parse("2027-01-01T12:00:00Z"),
        List.of(new EpochStore.End("topicE", 0, first), new EpochStore.End("topicE", 1, second)));
  }

  private void bookedUpTo(long offset) {
    ledger.database().update("update queue_offsets set next_offset = ?", offset);
  }
}
