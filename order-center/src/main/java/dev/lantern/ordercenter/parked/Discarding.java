package dev.lantern.ordercenter.parked;

import dev.lantern.order.v1.OrderState;
import dev.lantern.stores.sql.Transaction;
import java.time.Instant;

/// The two halves of a discard, in one transaction: the row that ends, and the unit that returns.
final class Discarding {
  private static final int DISCARDED = OrderState.ORDER_STATE_DISCARDED.getNumber();

  /// Grants count from 1.
  private static final int STEP_OF_DISCARD = 0;

  private Discarding() {}

  /// Ends it if it is as it was read; how many rows that was.
  static long end(Transaction tx, Discardable what) {
    if (what.promise().isEmpty()) {
      return tx.update(
          "update orders set state = ?, next_at = null, seq = seq + 1"
              + " where act_id = ? and order_no = ? and state = ? and seq = ?",
          DISCARDED,
          what.actId(),
          what.orderNo(),
          what.state(),
          what.seq());
    }
    return tx.update(
        "update conflicts set state = ?, seq = seq + 1" + ConflictRow.WHERE,
        ConflictRow.args(DISCARDED, what.actId(), what.orderNo(), what.promise(), what.seq()));
  }

  /// L3: the row that is inserted once is what returns the unit; `booked` never falls.
  static void release(Transaction tx, Discardable what, Instant now) {
    if (what.units() == 0) {
      return;
    }
    long counted =
        tx.update(
            "update lease_booked set parked = parked - ?, seq = seq + 1"
                + " where lease_id = ? and partition_no = ?",
            what.units(),
            what.countedLease(),
            what.partition());
    tx.update(
        "insert into releases (order_no, step, budget_id, amount, applied_at)"
            + " values (?, ?, ?, ?, ?)",
        what.releaseName(),
        STEP_OF_DISCARD,
        what.budgetId(),
        what.units(),
        now);
    long freed =
        tx.update(
            "update budgets set free = free + ?, seq = seq + 1 where budget_id = ?",
            what.units(),
            what.budgetId());
    if (counted != 1 || freed != 1) {
      throw new IllegalStateException("no lease or budget to release " + what.releaseName());
    }
  }
}
