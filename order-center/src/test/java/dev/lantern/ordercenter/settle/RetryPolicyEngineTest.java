package dev.lantern.ordercenter.settle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.campaign.MysqlCampaignStore;
import dev.lantern.ordercenter.fund.CampaignLimits;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.stores.sql.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A scene's own retry policy, as settlement reads it from the trees in the database.
@Tag("engine")
final class RetryPolicyEngineTest {
  private static final Instant NOON = Instant.parse("2027-01-01T12:00:00Z");
  private static final int RETRYING = 3;
  private static final int PARKED = 4;
  private static final long LEASE = 501;
  private static final int PARTITION = 3;

  private final Ledger ledger = Ledger.open(SharedEngines.with(Engine.MARIADB));
  private final LogName log = ledger.log("retries", 8);
  private final MysqlBookingStore books = new MysqlBookingStore(ledger.database());
  private final CampaignLimits trees =
      new CampaignLimits(new MysqlCampaignStore(ledger.database()), ZoneOffset.UTC);
  private Instant now = NOON;

  @BeforeEach
  void open() {
    ledger.budget(Given.BUDGET, 10_000);
    ledger.lease(LEASE, Given.BUDGET, 1_000, log, 10_000);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void order_isTriedAsItsOwnRevisionSays_notAsALaterOne() {
    tree(1, NOON.minusSeconds(60), "{max_tries: 3, first_backoff_s: 2, max_backoff_s: 3}");
    tree(2, NOON.plusSeconds(60), "{max_tries: 50, first_backoff_s: 9, max_backoff_s: 9}");
    trees.poll();

    // 2 s doubled is above the longest pause.
    assertThat(pausesUntilParked(retrying(Given.of(1_001, 88, LEASE)))).containsExactly(3L, 3L);
    Given later = Given.of(1_002, 88, LEASE).acceptedAt(NOON.plusSeconds(90));
    assertThat(pausesUntilParked(retrying(later))).hasSize(49).containsOnly(9L);
  }

  @Test
  void order_ofASceneThatSaysNothing_isTriedAsUsual() {
    trees.poll();

    assertThat(pausesUntilParked(retrying(Given.of(1_001, 88, LEASE))))
        .containsExactly(2L, 4L, 8L, 16L, 32L, 60L, 60L);
  }

  /// Sets the order aside as settlement does at its first failure, its unit counted nowhere.
  private String retrying(Given given) {
    LogRecord.Promised record = given.at(0);
    Verdict.Retry verdict = new Verdict.Retry(record, record.promise(), "UNAVAILABLE", now);
    assertThat(books.commit(Effects.of(List.of(verdict), PARTITION, now)))
        .isEqualTo(new BookingStore.Result.Done());
    ledger.database().update("update orders set counted_lease_id = 0 where state = ?", RETRYING);
    return given.orderNo().text();
  }

  /// Fails it again and again, for want of a unit; the seconds between.
  private List<Long> pausesUntilParked(String orderNo) {
    Retrier retrier =
        new Retrier(books, new NoLeases(), () -> new Moment(System.nanoTime(), now), trees);
    List<Long> pauses = new ArrayList<>();
    for (int tick = 0; tick < 60; tick++) {
      retrier.tick();
      Row row =
          ledger
              .database()
              .query("select state, next_at from orders where order_no = ?", orderNo)
              .getFirst();
      if (row.getInt("state") == PARKED) {
        return pauses;
      }
      Instant next = row.getInstant("next_at");
      pauses.add(Duration.between(now, next).toSeconds());
      now = next;
    }
    throw new AssertionError("not parked after " + pauses);
  }

  private void tree(int revision, Instant effectiveAt, String retry) {
    ledger.tree(
        revision,
        effectiveAt,
        "single_amount_cap_fen: 200\n        compensation: {retry: " + retry + "}");
  }
}
