package dev.lantern.ordercenter.settle;

import dev.lantern.stores.sql.Row;
import dev.lantern.stores.sql.Transaction;
import java.time.Instant;
import java.util.List;

/// What becomes of an order's grants when the order goes on.
final class Grants {
  private Grants() {}

  /// Asks for the thing of an order that was set aside: by the grant that was parked with it, under
  /// its old id; or, where that was refused for good, by one more step (S8).
  static void askAgain(Transaction tx, SetAsideOrder order, Instant now) {
    List<Row> last =
        tx.query(
            "select step, state from grants where act_id = ? and order_no = ?"
                + " order by step desc limit 1 for update",
            order.actId(),
            order.orderNo());
    if (last.isEmpty()) {
      throw new LedgerWrites.RolledBack(
          new BookingStore.Result.Refused("NO_GRANT: nobody is named who gives it"));
    }
    int step = last.getFirst().getInt("step");
    long asked =
        switch (GrantRow.State.of(last.getFirst().getInt("state"))) {
          case PARKED, DUE, GRANTED, DISCARDED -> unpark(tx, order, step, now);
          case REFUSED -> nextStep(tx, order, step, now);
        };
    LedgerWrites.requireOne(
        asked, new BookingStore.Result.Refused("GRANT_NOT_PARKED: its grant is elsewhere"));
  }

  private static long unpark(Transaction tx, SetAsideOrder order, int step, Instant now) {
    return tx.update(
        "update grants set state = ?, tries = 0, next_at = ?, lease_id = ?, seq = seq + 1"
            + " where act_id = ? and order_no = ? and step = ? and state = ?",
        GrantRow.State.DUE.code(),
        now,
        order.leaseFromNowOn(),
        order.actId(),
        order.orderNo(),
        step,
        GrantRow.State.PARKED.code());
  }

  private static long nextStep(Transaction tx, SetAsideOrder order, int step, Instant now) {
    return tx.update(
        "insert into grants ("
            + GrantRow.COLUMNS
            + ") select act_id, order_no, step + 1, downstream, award_type, template_id, reward_id,"
            + " activity_id, budget_id, ?, partition_no, units, instead, ?, ?, ? from grants"
            + " where act_id = ? and order_no = ? and step = ?",
        order.leaseFromNowOn(),
        GrantRow.State.DUE.code(),
        now,
        now,
        order.actId(),
        order.orderNo(),
        step);
  }
}
