package dev.lantern.ordercenter.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.order.OrderReader.Found;
import dev.lantern.ordercenter.settle.Ledger;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What accept and GetOrder read of the ledger.
@Tag("engine")
final class MysqlOrdersEngineTest {
  private static Ledger ledger;

  @BeforeAll
  static void open() {
    ledger = Ledger.open(SharedEngines.with(Engine.MARIADB));
  }

  @AfterAll
  static void close() {
    ledger.close();
  }

  @Test
  void row_isReadBack_asItWasBooked() {
    AcceptRequest request = AcceptWorld.request(1);
    OrderRow row = AcceptWorld.row(request, AcceptWorld.MAIN, 7, OrderState.ORDER_STATE_SUCCESS);
    insert(row);
    assertThat(reader().find(request.orderNo())).isEqualTo(new Found.Row(row));
  }

  @Test
  void order_inTheInbox_isWaiting_untilItHasARow() {
    AcceptRequest request = AcceptWorld.request(2);
    AcceptedOrder record =
        AcceptedOrder.newBuilder().setOrderNo(request.orderNo().text()).setActId(2).build();
    ledger
        .database()
        .update(
            "insert into inbox (act_id, order_no, lease_id, partition_no, fingerprint, record,"
                + " created_at) values (2, ?, 7, 0, ?, ?, utc_timestamp(6))",
            request.orderNo().text(),
            request.fingerprint().bytes(),
            record.toByteArray());
    assertThat(reader().find(request.orderNo())).isEqualTo(new Found.Waiting(record));

    OrderRow row = AcceptWorld.row(request, AcceptWorld.SMALL, 7, OrderState.ORDER_STATE_PARKED);
    insert(row);
    assertThat(reader().find(request.orderNo())).isEqualTo(new Found.Row(row));
  }

  @Test
  void number_thatIsNowhere_isNotFound() {
    assertThat(reader().find(AcceptWorld.request(3).orderNo())).isEqualTo(new Found.Nothing());
  }

  @Test
  void epoch_isSettled_onceTheLedgerSaysSo() {
    MysqlEpochs epochs = new MysqlEpochs(ledger.database());
    assertThat(epochs.isSettled("e-1")).isFalse();
    ledger
        .database()
        .update(
            "insert into redis_epochs (epoch_id, lane, run_id, set_at) values"
                + " ('e-1', 1, 'run', utc_timestamp(6))");
    assertThat(epochs.isSettled("e-1")).isFalse();
    ledger
        .database()
        .update("update redis_epochs set settled_at = utc_timestamp(6) where epoch_id = 'e-1'");
    assertThat(epochs.isSettled("e-1")).isTrue();
    assertThat(epochs.isSettled("e-2")).isFalse();
  }

  private static OrderReader reader() {
    return new MysqlOrderReader(ledger.database());
  }

  private static void insert(OrderRow row) {
    Optional<Instant> bookedAt = row.bookedAt();
    ledger
        .database()
        .update(
            "insert into orders ("
                + OrderRow.COLUMNS
                + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                + " ?)",
            row.orderNo().actId().value(),
            row.orderNo().text(),
            row.parentActivityId(),
            row.activityId(),
            row.orderNo().stage().getNumber(),
            row.orderNo().round().sceneId(),
            row.orderNo().round().rainId(),
            row.orderNo().requested().getNumber(),
            row.outcome().given().getNumber(),
            row.outcome().rewardId(),
            row.outcome().title(),
            row.outcome().fallback(),
            row.outcome().amount().value(),
            row.requestedAmount().value(),
            row.outcome().budgetId(),
            row.leaseId(),
            row.countedLeaseId(),
            row.partition(),
            row.fingerprint().bytes(),
            row.state().getNumber(),
            row.parkReason().orElse(null),
            row.appId(),
            row.tokenKeyId(),
            row.openTime(),
            row.acceptedAt(),
            bookedAt.orElse(null));
  }
}
