package dev.lantern.simulation.world;

import dev.lantern.order.v1.OrderState;
import dev.lantern.simulation.ledger.OrderEntry;
import dev.lantern.simulation.ledger.Tables;

/// CAP from the clients' side: what they were told of a budget is no more than there is of it.
final class ToldCap {
  private ToldCap() {}

  /// Not counted: what an operator has ended, and what nobody but a client knows of once its window
  /// is over. Their units are others' then.
  static void check(Witness witness, ClientSide clients, Tables tables, String budgetId) {
    long told =
        witness.stories().stream()
            .filter(story -> !isDiscarded(tables, story) && !clients.excusesAny(story))
            .mapToLong(story -> toldOf(tables, story, budgetId))
            .sum();
    Tables.Budget budget = tables.budgets().get(budgetId);
    if (budget != null && told > budget.total()) {
      witness.broken("CAP", told + " fen acknowledged of " + budget.total() + " in " + budgetId);
    }
  }

  /// What is told instead of a refused thing is counted where the books count it, if they do: an
  /// operator may have to find a unit for it first.
  private static long toldOf(Tables tables, OrderStory story, String budgetId) {
    OrderEntry order = tables.order(story.orderNo);
    if (order == null || !order.isThingRefused()) {
      return story.toldOf(budgetId);
    }
    boolean counted = order.countedLease() != 0 && order.budgetId().equals(budgetId);
    return counted ? order.units() : 0;
  }

  /// What was promised has been ended, and its unit given to others.
  private static boolean isDiscarded(Tables tables, OrderStory story) {
    OrderEntry order = tables.order(story.orderNo);
    return order != null && order.state() == OrderState.ORDER_STATE_DISCARDED;
  }
}
