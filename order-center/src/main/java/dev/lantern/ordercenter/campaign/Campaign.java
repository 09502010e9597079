package dev.lantern.ordercenter.campaign;

import java.util.List;
import java.util.Optional;

/// A whole campaign tree, as one document declares it: a parent activity with its budgets and its
/// child activities.
public record Campaign(
    String activityId, String title, List<Budget> budgets, List<Child> children) {
  public Campaign {
    budgets = List.copyOf(budgets);
    children = List.copyOf(children);
  }

  public Optional<Child> child(String childId) {
    return children.stream().filter(child -> child.id().equals(childId)).findFirst();
  }

  /// What is set aside for rewards. What is left of it is the ledger's to say, not the tree's.
  ///
  /// @param total as declared: an adjustment changes the ledger's, not this
  public record Budget(String id, Unit unit, long total) {}

  /// What a budget counts.
  public enum Unit {
    FEN,
    ITEMS
  }
}
