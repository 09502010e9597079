package dev.lantern.simulation.ledger;

import dev.lantern.ordercenter.settle.GrantRow;
import dev.lantern.ordercenter.settle.SetAsideOrder;
import java.time.Instant;
import java.util.Collection;

/// Rows of `grants` that a booking writes, within its transaction.
final class SimGrants {
  private SimGrants() {}

  static void insert(Tables tables, Collection<GrantRow> rows) {
    rows.stream().map(GrantEntry::new).forEach(grant -> ask(tables, grant));
  }

  static boolean isAnyThere(Tables tables, Collection<GrantRow> rows) {
    return rows.stream()
        .anyMatch(row -> tables.grants.containsKey(row.orderNo() + "#" + row.step()));
  }

  /// Asks for the thing of an order that was set aside: under the id of the grant that waits with
  /// it, or by one more step where that was refused.
  ///
  /// @return whether there is one to ask by
  static boolean askAgain(Tables tables, SetAsideOrder order, Instant now) {
    GrantEntry last = tables.lastGrant(order.orderNo());
    if (last == null) {
      return false;
    }
    long lease = order.chargedLease() != 0 ? order.chargedLease() : order.countedLease();
    if (last.isRefused()) {
      ask(tables, last.nextStep(lease, now));
      return true;
    }
    if (last.state != GrantRow.State.PARKED) {
      return false;
    }
    last.state = GrantRow.State.DUE;
    last.tries = 0;
    last.nextAt = now;
    last.lease = lease;
    last.seq++;
    return true;
  }

  private static void ask(Tables tables, GrantEntry grant) {
    tables.grants.put(grant.id().text(), grant);
  }
}
