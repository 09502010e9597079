package dev.lantern.ordercenter.campaign;

import dev.lantern.ordercenter.campaign.Compensation.Fallback;
import dev.lantern.ordercenter.campaign.Scene.Round;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether what a revision adds can be reached at all: a reward that no scene gives, a budget that
/// pays nothing, a round that is over before anybody can know of it, a child without users.
///
/// Only what is new is held to it: what is in effect may not vanish, of use or not.
final class NewParts {
  private final Campaign campaign;
  private final History history;
  private final Instant effectiveAt;
  private final Lines lines;

  private NewParts(Campaign campaign, History history, Instant effectiveAt, Lines lines) {
    this.campaign = campaign;
    this.history = history;
    this.effectiveAt = effectiveAt;
    this.lines = lines;
  }

  static void check(Campaign campaign, History history, Instant effectiveAt, Lines lines) {
    NewParts parts = new NewParts(campaign, history, effectiveAt, lines);
    parts.checkBudgets();
    for (int i = 0; i < campaign.children().size(); i++) {
      Child child = campaign.children().get(i);
      Optional<Child> before = history.inForce().flatMap(tree -> tree.child(child.id()));
      parts.checkChild(child, before, "children[" + i + "]");
    }
  }

  private void checkBudgets() {
    Set<String> paying = new HashSet<>();
    campaign
        .children()
        .forEach(
            child -> child.rewards().forEach(reward -> reward.budgetId().ifPresent(paying::add)));
    for (int i = 0; i < campaign.budgets().size(); i++) {
      String id = campaign.budgets().get(i).id();
      if (!paying.contains(id) && !history.budgets().containsKey(id)) {
        lines.problem(
            "budgets[" + i + "].id",
            "pays for no reward: " + id,
            "name it at a reward, or leave the budget out");
      }
    }
  }

  private void checkChild(Child child, Optional<Child> before, String path) {
    if (before.isEmpty() && child.audience() instanceof Audience.Percentage(int percent)) {
      if (percent == 0) {
        lines.problem(
            path + ".audience.percentage",
            "lets nobody in: no scene of it can be reached",
            "write 1 to 100, or leave the child out until then");
      }
    }
    checkRewards(child, before, path);
    for (int i = 0; i < child.scenes().size(); i++) {
      Scene scene = child.scenes().get(i);
      Optional<Scene> old = before.flatMap(known -> known.scene(scene.id()));
      String at = path + ".scenes[" + i + "]";
      if (scene.rounds().isEmpty() && old.isEmpty() && !child.closes().isAfter(effectiveAt)) {
        lines.problem(
            at + ".id",
            "cannot be reached: its child closes before the revision takes effect",
            "close the child later than " + effectiveAt);
      }
      checkRounds(scene.rounds(), old.map(Scene::rounds).orElse(List.of()), at);
    }
  }

  private void checkRewards(Child child, Optional<Child> before, String path) {
    Set<String> given = new HashSet<>();
    for (Scene scene : child.scenes()) {
      given.add(scene.rewardId());
      if (scene.compensation().fallback() instanceof Fallback.OtherReward(String rewardId)) {
        given.add(rewardId);
      }
    }
    for (int i = 0; i < child.rewards().size(); i++) {
      String id = child.rewards().get(i).id();
      if (!given.contains(id) && before.flatMap(known -> known.reward(id)).isEmpty()) {
        lines.problem(
            path + ".rewards[" + i + "].id",
            "is given by no scene: " + id,
            "name it at a scene or a fallback, or leave the reward out");
      }
    }
  }

  private void checkRounds(List<Round> rounds, List<Round> before, String path) {
    Set<Integer> known = new HashSet<>();
    before.forEach(round -> known.add(round.rainId()));
    for (int i = 0; i < rounds.size(); i++) {
      Round round = rounds.get(i);
      if (!known.contains(round.rainId()) && !round.closes().isAfter(effectiveAt)) {
        lines.problem(
            path + ".rounds[" + i + "].closes",
            "is over before the revision takes effect at " + effectiveAt,
            "close it later than that, or leave the round out");
      }
    }
  }
}
