package dev.lantern.ordercenter.campaign;

import dev.lantern.ordercenter.campaign.Compensation.Fallback;
import dev.lantern.ordercenter.campaign.Scene.Round;
import dev.lantern.ordercenter.order.RoundId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whether the parts of one tree fit together: ids, references, windows, amounts. What earlier
/// revisions forbid is [RevisionRules]' to say.
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
  }

  private void checkAll() {
    for (int i = 0; i < campaign.budgets().size(); i++) {
      Campaign.Budget budget = campaign.budgets().get(i);
      if (budgets.put(budget.id(), budget) != null) {
        lines.problem("budgets[" + i + "].id", "is given to two budgets: " + budget.id());
      }
    }
    Set<String> childIds = new HashSet<>();
    for (int i = 0; i < campaign.children().size(); i++) {
      String path = "children[" + i + "]";
      if (!childIds.add(campaign.children().get(i).id())) {
        lines.problem(path + ".id", "is given to two children");
      }
      checkChild(campaign.children().get(i), path);
      checkWindows(i, path);
    }
  }

  private void checkChild(Child child, String path) {
    if (!child.opens().isBefore(child.closes())) {
      lines.problem(path + ".closes", "must be after opens");
    }
    Set<String> rewardIds = new HashSet<>();
    for (int i = 0; i < child.rewards().size(); i++) {
      Reward reward = child.rewards().get(i);
      String at = path + ".rewards[" + i + "]";
      if (!rewardIds.add(reward.id())) {
        lines.problem(at + ".id", "is given to two rewards of this child");
      }
      checkReward(reward, at);
    }
    Set<String> sceneIds = new HashSet<>();
    for (int i = 0; i < child.scenes().size(); i++) {
      Scene scene = child.scenes().get(i);
      String at = path + ".scenes[" + i + "]";
      if (!sceneIds.add(scene.id())) {
        lines.problem(at + ".id", "is given to two scenes of this child");
      }
      checkScene(child, scene, at);
    }
  }

  // Two children of one stage at one time would leave "the child of now" undecided.
  private void checkWindows(int index, String path) {
    Child child = campaign.children().get(index);
    for (Child earlier : campaign.children().subList(0, index)) {
      if (earlier.stage() == child.stage()
          && earlier.opens().isBefore(child.closes())
          && child.opens().isBefore(earlier.closes())) {
        lines.problem(path + ".opens", "overlaps the window of " + earlier.id());
      }
    }
  }

  private void checkReward(Reward reward, String path) {
    Campaign.Budget budget = budgets.get(reward.budgetId());
    if (budget == null) {
      lines.problem(path + ".budget", "names no budget of this activity: " + reward.budgetId());
    } else if (reward.amount().mostFen() > budget.total().value()) {
      lines.problem(path + ".amount", "can exceed the whole budget " + budget.id());
    }
  }

  private void checkScene(Child child, Scene scene, String path) {
    Optional<Reward> reward = child.reward(scene.rewardId());
    if (reward.isEmpty()) {
      lines.problem(path + ".reward", "names no reward of this child: " + scene.rewardId());
    } else {
      checkGiven(scene, reward.get(), path + ".reward");
      checkCap(scene, reward.get(), path);
    }
    if (scene.compensation().fallback() instanceof Fallback.OtherReward(String rewardId)) {
      checkFallback(child, scene, rewardId, path + ".compensation.fallback.reward");
    }
    checkRounds(child, scene, path);
  }

  private void checkFallback(Child child, Scene scene, String rewardId, String path) {
    Optional<Reward> fallback = child.reward(rewardId);
    if (fallback.isEmpty()) {
      lines.problem(path, "names no reward of this child: " + rewardId);
    } else if (rewardId.equals(scene.rewardId())) {
      lines.problem(path, "is the scene's own reward");
    } else {
      checkGiven(scene, fallback.get(), path);
    }
  }

  private void checkGiven(Scene scene, Reward reward, String path) {
    if (reward.awardType() != scene.awardType()) {
      lines.problem(path, "is of another award type than the scene");
    }
    if (reward.amount().mostFen() > scene.singleAmountCap().value()) {
      lines.problem(path, "can draw more than the scene's single_amount_cap_fen");
    }
  }

  private void checkCap(Scene scene, Reward reward, String path) {
    Campaign.Budget budget = budgets.get(reward.budgetId());
    if (budget != null && scene.singleAmountCap().compareTo(budget.total()) > 0) {
      lines.problem(path + ".single_amount_cap_fen", "is over the whole budget " + budget.id());
    }
  }

  private void checkRounds(Child child, Scene scene, String path) {
    List<Round> rounds = scene.rounds();
    if (rounds.isEmpty()) {
      claimRound(new RoundId(scene.id(), 0), path + ".id");
    }
    for (int i = 0; i < rounds.size(); i++) {
      Round round = rounds.get(i);
      String at = path + ".rounds[" + i + "]";
      claimRound(new RoundId(scene.id(), round.rainId()), at + ".rain_id");
      if (!round.opens().isBefore(round.closes())) {
        lines.problem(at + ".closes", "must be after opens");
      }
      if (round.opens().isBefore(child.opens()) || round.closes().isAfter(child.closes())) {
        lines.problem(at + ".opens", "is not within the child's window");
      }
      for (Round earlier : rounds.subList(0, i)) {
        if (earlier.opens().isBefore(round.closes()) && round.opens().isBefore(earlier.closes())) {
          lines.problem(at + ".opens", "overlaps round " + earlier.rainId());
        }
      }
    }
  }

  // A round belongs to exactly one child: the child follows from the round.
  private void claimRound(RoundId round, String path) {
    String other = roundPaths.putIfAbsent(round, path);
    if (other != null) {
      lines.problem(path, "declares a round that stands already at " + other);
    }
  }
}
