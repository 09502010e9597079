package dev.lantern.sdk.wallet;

import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.acceptlog.v1.Outcome;
import dev.lantern.order.v1.Award;
import dev.lantern.order.v1.OrderState;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.Transaction;
import java.time.Instant;

/// What settle writes, one order at a time: the row and the balance in one transaction.
final class Bookings {
  private final Database orderCenter;

  Bookings(Database orderCenter) {
    this.orderCenter = orderCenter;
  }

  void book(AcceptedOrder order) {
    orderCenter.inTransaction(tx -> {
      row(tx, order, OrderState.ORDER_STATE_SUCCESS);
      return raise(tx, order);
    });
  }

  void insert(AcceptedOrder order, OrderState state) {
    orderCenter.inTransaction(tx -> {
      row(tx, order, state);
      return 0;
    });
  }

  /// The row of a record that nobody could read: no child, no amount.
  void insertUnreadable(AcceptedOrder order) {
    AcceptedOrder empty =
        order.toBuilder().setChildActivityId("").setOutcome(Outcome.getDefaultInstance()).build();
    insert(empty, OrderState.ORDER_STATE_PARKED);
  }

  void insertConflict(AcceptedOrder order, byte outcome, OrderState state) {
    byte[] digest = new byte[32];
    digest[0] = outcome;
    Award award = order.getOutcome().getAward();
    orderCenter.update(
        "insert into conflicts (act_id, order_no, fingerprint, outcome, reason, activity_id,"
            + " given_type, title, amount_fen, budget_id, counted_lease_id, partition_no, record,"
            + " state, accepted_at, created_at)"
            + " values (?, ?, ?, ?, 'OUTCOME_CONFLICT', ?, ?, ?, ?, '', 0, 0, ?, ?, ?, ?)",
        order.getActId(),
        order.getOrderNo(),
        order.getFingerprint().toByteArray(),
        digest,
        order.getChildActivityId(),
        award.getAwardTypeValue(),
        award.getTitle(),
        award.getAmountFen(),
        order.toByteArray(),
        state.getNumber(),
        at(order),
        at(order));
  }

  void insertInbox(AcceptedOrder order) {
    orderCenter.update(
        "insert into inbox (act_id, order_no, lease_id, partition_no, fingerprint, record,"
            + " created_at) values (?, ?, 0, 0, ?, ?, ?)",
        order.getActId(),
        order.getOrderNo(),
        order.getFingerprint().toByteArray(),
        order.toByteArray(),
        at(order));
  }

  private static void row(Transaction tx, AcceptedOrder order, OrderState state) {
    Award award = order.getOutcome().getAward();
    tx.update(
        "insert into orders (act_id, order_no, parent_activity_id, activity_id, stage, scene_id,"
            + " rain_id, award_type, given_type, reward_id, title, fallback, amount_fen,"
            + " requested_amount_fen, budget_id, lease_id, counted_lease_id, partition_no,"
            + " fingerprint, state, app_id, token_key_id, open_time, accepted_at)"
            + " values (?, ?, 'spring', ?, 3, 'rain-a7f3', 1, 1, ?, 'r', ?, false, ?, 0, '', 0, 0,"
            + " 0, ?, ?, 1, '', ?, ?)",
        order.getActId(),
        order.getOrderNo(),
        order.getChildActivityId(),
        award.getAwardTypeValue(),
        award.getTitle(),
        award.getAmountFen(),
        order.getFingerprint().toByteArray(),
        state.getNumber(),
        at(order),
        at(order));
  }

  private static long raise(Transaction tx, AcceptedOrder order) {
    long fen = order.getOutcome().getAward().getAmountFen();
    return fen == 0
        ? 0
        : tx.update(
            "insert into balances (act_id, activity_id, purse, booked_fen, held_fen, income_fen,"
                + " seq) values (?, ?, 1, ?, 0, ?, 1) on duplicate key update booked_fen ="
                + " booked_fen + values(booked_fen), income_fen = income_fen + values(income_fen),"
                + " seq = seq + 1",
            order.getActId(),
            order.getChildActivityId(),
            fen,
            fen);
  }

  private static Instant at(AcceptedOrder order) {
    return Instant.ofEpochSecond(
        order.getAcceptTime().getSeconds(), order.getAcceptTime().getNanos());
  }
}
