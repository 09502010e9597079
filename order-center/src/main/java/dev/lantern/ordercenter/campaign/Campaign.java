package dev.lantern.ordercenter.campaign;

import dev.lantern.ordercenter.order.Fen;
import java.util.List;

/// A whole campaign tree, as one document declares it: a parent activity with its budgets and its
/// child activities.
public record Campaign(
    String activityId, String title, List<Budget> budgets, List<Child> children) {
  public Campaign {
    budgets = List.copyOf(budgets);
    children = List.copyOf(children);
  }

  /// Money set aside for rewards. What is left of it is the ledger's to say, not the tree's.
  public record Budget(String id, Fen total) {}
}
