package dev.lantern.simulation.world;

import dev.lantern.order.v1.OrderState;
import dev.lantern.simulation.ledger.GrantEntry;
import dev.lantern.simulation.ledger.OrderEntry;
import dev.lantern.simulation.ledger.Tables;
import dev.lantern.simulation.vendor.SimVendor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// S8 as a law: the vendor's journal held against the ledger, after every change of either.
///
/// ONCE: of one order a user has at most one thing, and what they have is not taken for refused.
/// CAP: no more is given of a budget than there is, and no unit returns of what was given. DRAIN:
/// what was refused has come back, once.
final class VendorCheck {
  private final Tables tables;
  private final SimVendor vendor;
  private final Witness witness;

  VendorCheck(Tables tables, SimVendor vendor, Witness witness) {
    this.tables = tables;
    this.vendor = vendor;
    this.witness = witness;
  }

  void check() {
    Set<String> served = new HashSet<>();
    Map<String, Long> given = new HashMap<>();
    for (SimVendor.Gift gift : vendor.gifts().values()) {
      if (!served.add(gift.id().orderNo())) {
        witness.broken("ONCE", gift.id().orderNo() + " was given twice");
      }
      given.merge(gift.budgetId(), 1L, Long::sum);
      checkGift(gift);
    }
    given.forEach((budgetId, count) -> {
      Tables.Budget budget = tables.budgets().get(budgetId);
      if (budget != null && count > budget.total()) {
        witness.broken("CAP", count + " given of " + budget.total() + " in " + budgetId);
      }
    });
    tables.grants().forEach(this::checkRelease);
  }

  private void checkGift(SimVendor.Gift gift) {
    GrantEntry grant = tables.grant(gift.id().text());
    if (grant == null) {
      witness.broken("ONCE", gift.id() + " was given, and nobody knows of it");
    } else if (grant.isRefused()) {
      witness.broken("ONCE", gift.id() + " was given, and something else for it");
    } else if (tables.isReleased(gift.id().orderNo())) {
      witness.broken("CAP", gift.id() + " was given, and its unit came back");
    }
  }

  private void checkRelease(GrantEntry grant) {
    boolean due = grant.isRefused() && grant.lease() != 0 && grant.units() > 0;
    if (due != tables.isReleased(grant.id().text())) {
      witness.broken("DRAIN", grant.id() + (due ? " is not released" : " is released"));
    }
  }

  /// When everything has drained: what is told to be given is given, what is given is told.
  void checkAtEnd() {
    for (OrderEntry order : tables.orders()) {
      GrantEntry last = tables.lastGrant(order.orderNo());
      boolean has = last != null && vendor.gifts().containsKey(last.id().text());
      boolean told = order.state() == OrderState.ORDER_STATE_SUCCESS && order.isThing();
      boolean open =
          order.state() == OrderState.ORDER_STATE_PARKED
              || order.state() == OrderState.ORDER_STATE_DISCARDED;
      if (told && !has) {
        witness.broken("KEEP", order.orderNo() + " is told to be given, and is not");
      }
      if (has && !told && !open) {
        witness.broken("ONCE", order.orderNo() + " is given, and " + order.state());
      }
    }
  }
}
