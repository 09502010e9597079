package dev.lantern.ordercenter.campaign;

import dev.lantern.ordercenter.order.RoundId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whether the parts of one tree fit together: ids, references, kinds, amounts; windows and
/// audiences by [StageRules], scenes by [SceneRules]. What earlier revisions forbid is
/// [RevisionRules]' to say.
final class CampaignRules {
  private final Campaign campaign;
  private final Lines lines;
  private final Map<String, Campaign.Budget> budgets = new HashMap<>();
  private final Map<RoundId, String> roundPaths = new HashMap<>();

  private CampaignRules(Campaign campaign, Lines lines) {
    this.campaign = campaign;
    this.lines = lines;
  }

  static void check(Campaign campaign, Lines lines) {
    new CampaignRules(campaign, lines).checkAll();
    StageRules.check(campaign, lines);
  }

  private void checkAll() {
    for (int i = 0; i < campaign.budgets().size(); i++) {
      Campaign.Budget budget = campaign.budgets().get(i);
      if (budgets.put(budget.id(), budget) != null) {
        twice("budgets[" + i + "].id", budget.id());
      }
    }
    Set<String> childIds = new HashSet<>();
    for (int i = 0; i < campaign.children().size(); i++) {
      Child child = campaign.children().get(i);
      String path = "children[" + i + "]";
      if (!childIds.add(child.id())) {
        twice(path + ".id", child.id());
      }
      checkRewards(child.rewards(), path);
      checkScenes(child, path);
    }
  }

  private void checkRewards(List<Reward> rewards, String path) {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < rewards.size(); i++) {
      Reward reward = rewards.get(i);
      String at = path + ".rewards[" + i + "]";
      if (!ids.add(reward.id())) {
        twice(at + ".id", reward.id());
      }
      reward.budgetId().ifPresent(budgetId -> checkBudget(reward, budgetId, at));
    }
  }

  private void checkBudget(Reward reward, String budgetId, String path) {
    Campaign.Budget budget = budgets.get(budgetId);
    if (budget == null) {
      lines.problem(
          path + ".budget",
          "names no budget of this activity: " + budgetId,
          "use one of " + budgets.keySet().stream().sorted().toList());
      return;
    }
    boolean countsFen = budget.unit() == Campaign.Unit.FEN;
    if (countsFen != reward.isMoney()) {
      lines.problem(
          path + ".budget",
          "counts " + budget.unit() + ", which this kind of reward is not counted in",
          "name a budget with " + (reward.isMoney() ? "total_fen" : "total_items"));
    } else if (reward.mostUnits() > budget.total()) {
      lines.problem(
          path + ".amount",
          "can exceed the whole budget " + budget.id(),
          "draw at most " + budget.total() + " fen, or set aside more");
    }
  }

  private void checkScenes(Child child, String path) {
    Set<String> ids = new HashSet<>();
    SceneRules rules = new SceneRules(child, budgets, lines);
    for (int i = 0; i < child.scenes().size(); i++) {
      Scene scene = child.scenes().get(i);
      String at = path + ".scenes[" + i + "]";
      if (!ids.add(scene.id())) {
        twice(at + ".id", scene.id());
      }
      rules.check(scene, at);
      for (int j = 0; j < scene.rounds().size(); j++) {
        RoundId round = new RoundId(scene.id(), scene.rounds().get(j).rainId());
        claimRound(round, at + ".rounds[" + j + "].rain_id");
      }
    }
  }

  // A round belongs to exactly one child: the child follows from the round.
  private void claimRound(RoundId round, String path) {
    Optional.ofNullable(roundPaths.putIfAbsent(round, path))
        .ifPresent(other ->
            lines.problem(
                path,
                "declares round " + round.rainId() + ", which stands already at " + other,
                "take a rain_id that this scene has in no child"));
  }

  private void twice(String path, String id) {
    lines.problem(path, "is given twice: " + id, "give each its own id");
  }
}
