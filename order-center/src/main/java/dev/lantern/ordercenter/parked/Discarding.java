package dev.lantern.ordercenter.parked;

import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.settle.GrantRow;
import dev.lantern.stores.sql.Row;
import dev.lantern.stores.sql.Transaction;
import java.time.Instant;
import java.util.List;

/// The halves of a discard, in one transaction: the row that ends, with the grant that waits with
/// it, and the unit that returns. What a downstream may have given all the same (S8) is spent: its
/// unit is set aside no more, and returns to nobody.
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

  /// Ends the grant that waits with the order.
  ///
  /// @return whether its downstream may have given it
  static boolean endGrant(Transaction tx, Discardable what, Instant now) {
    if (!what.promise().isEmpty()) {
      return false;
    }
    List<Row> last =
        tx.query(
            "select step, state, unknown from grants where act_id = ? and order_no = ?"
                + " order by step desc limit 1 for update",
            what.actId(),
            what.orderNo());
    if (last.isEmpty() || last.getFirst().getInt("state") != GrantRow.State.PARKED.code()) {
      return false;
    }
    tx.update(
        "update grants set state = ?, ended_at = ?, seq = seq + 1"
            + " where act_id = ? and order_no = ? and step = ?",
        GrantRow.State.DISCARDED.code(),
        now,
        what.actId(),
        what.orderNo(),
        last.getFirst().getInt("step"));
    return last.getFirst().getBoolean("unknown");
  }

  /// Its unit stays counted, as spent: total = free + leased + booked + parked holds.
  static void keep(Transaction tx, Discardable what) {
    if (what.units() != 0) {
      countNoMore(tx, what);
    }
  }

  private static void countNoMore(Transaction tx, Discardable what) {
    long counted =
        tx.update(
            "update lease_booked set parked = parked - ?, seq = seq + 1"
                + " where lease_id = ? and partition_no = ?",
            what.units(),
            what.countedLease(),
            what.partition());
    if (counted != 1) {
      throw new IllegalStateException("no lease counts " + what.releaseName());
    }
  }

  /// L3: the row that is inserted once is what returns the unit; `booked` never falls.
  static void release(Transaction tx, Discardable what, Instant now) {
    if (what.units() == 0) {
      return;
    }
    countNoMore(tx, what);
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
    if (freed != 1) {
      throw new IllegalStateException("no budget to release " + what.releaseName());
    }
  }
}
