package dev.lantern.ordercenter.campaign;

import java.util.Map;
import java.util.Optional;

/// What earlier revisions, of all activities, bind a new one to.
///
/// @param inForce the tree of this activity that the new revision will follow
/// @param sceneOwners which parent activity took each scene id, for ever
/// @param childOwners which parent activity took each child id, for ever
/// @param budgets every budget there is, of those the new tree names
public record History(
    Optional<Campaign> inForce,
    Map<String, String> sceneOwners,
    Map<String, String> childOwners,
    Map<String, BudgetOnRecord> budgets) {
  public static final History EMPTY = new History(Optional.empty(), Map.of(), Map.of(), Map.of());

  public History {
    sceneOwners = Map.copyOf(sceneOwners);
    childOwners = Map.copyOf(childOwners);
    budgets = Map.copyOf(budgets);
  }

  /// A budget as the ledger has it.
  ///
  /// @param declared the total it was made with
  /// @param total what adjustments have made of that
  public record BudgetOnRecord(String activityId, Campaign.Unit unit, long declared, long total) {}
}
