package dev.lantern.ordercenter.closing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.ordercenter.budget.LeaseState;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.settle.Given;
import dev.lantern.ordercenter.settle.Ledger;
import dev.lantern.ordercenter.settle.MemoryTopics;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The waits of L4 on a real ledger. Lease time 10 s, margin 2 s.
@Tag("engine")
class LeaseCloserEngineTest {
  private static final long LEASE = 31;
  private static final Instant NOW = Instant.parse("2027-01-01T13:00:00Z");

  private final Ledger ledger = Ledger.open(SharedEngines.with(Engine.MARIADB));
  private final MemoryTopics topics = new MemoryTopics();
  private final MysqlLeaseClosingStore store = new MysqlLeaseClosingStore(ledger.database());
  private final LogName log = topics.log("topicC", 1, 0, 0);
  private final LeaseCloser closer = closer();
  private Duration elapsed = Duration.ZERO;

  @BeforeEach
  void open() {
    ledger.budget(Given.BUDGET, 10_000);
    ledger.lease(LEASE, Given.BUDGET, 4_000, log, 10_000);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void silentLease_isEndedAndItsEndsRead_afterOneWait() {
    closer.tick();
    at(11_999);
    assertThat(state()).isEqualTo(LeaseState.OPEN.code());

    at(12_000);
    assertThat(state()).isEqualTo(LeaseState.CLOSING.code());
    closer.tick();

    assertThat(endsStored()).isTrue();
  }

  @Test
  void leaseThatWasHeardOfMeanwhile_staysOpen() {
    closer.tick();
    ledger.database().update("update budget_leases set seq = seq + 1 where lease_id = ?", LEASE);
    at(12_000);
    at(23_999);
    assertThat(state()).isEqualTo(LeaseState.OPEN.code());

    at(24_000);
    assertThat(state()).isEqualTo(LeaseState.CLOSING.code());
  }

  @Test
  void leaseEndedBySomebodyElse_isWaitedForAnew() {
    closer.tick();
    at(11_000);
    ledger
        .database()
        .update(
            "update budget_leases set state = ?, seq = seq + 1 where lease_id = ?",
            LeaseState.CLOSING.code(),
            LEASE);
    at(12_000);
    at(23_999);
    assertThat(endsStored()).as("its last heartbeat may be as young as its end").isFalse();

    at(24_000);
    assertThat(endsStored()).isTrue();
  }

  @Test
  void anotherCloser_waitsByItself() {
    closer.tick();
    at(12_000);
    LeaseCloser another = closer();
    another.tick();
    elapsed = Duration.ofMillis(23_999);
    another.tick();
    assertThat(endsStored()).isFalse();
  }

  private void at(long millis) {
    elapsed = Duration.ofMillis(millis);
    closer.tick();
  }

  private LeaseCloser closer() {
    return new LeaseCloser(
        store,
        topics.registry(),
        topics,
        () -> new Moment(elapsed.toNanos(), NOW.plus(elapsed)),
        Duration.ofSeconds(2),
        Duration.ofMinutes(1),
        new SilentClosingWatch());
  }

  private int state() {
    return (int) ledger.one("select state as n from budget_leases where lease_id = " + LEASE);
  }

  private boolean endsStored() {
    return ledger.one("select count(queue_end) as n from lease_booked where lease_id = " + LEASE)
        == 2;
  }
}
