package dev.lantern.ordercenter.campaign;

import dev.lantern.ordercenter.campaign.History.BudgetOnRecord;
import dev.lantern.ordercenter.campaign.Scene.Round;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// What earlier revisions forbid a new one: ids taken elsewhere, totals that only an adjustment may
/// change, and everything that orders already rest on.
///
/// Immutable once effective: a round's child, scene and times (it may be closed early, from the new
/// revision's instant on), a scene's award type, reward and cap of what it draws, a reward's kind,
/// budget and draw table, a child's stage. Nothing of these may vanish either.
final class RevisionRules {
  private final History history;
  private final Instant effectiveAt;
  private final Lines lines;

  private RevisionRules(History history, Instant effectiveAt, Lines lines) {
    this.history = history;
    this.effectiveAt = effectiveAt;
    this.lines = lines;
  }

  static void check(Campaign campaign, History history, Instant effectiveAt, Lines lines) {
    RevisionRules rules = new RevisionRules(history, effectiveAt, lines);
    rules.checkOwners(campaign);
    history
        .inForce()
        .ifPresentOrElse(
            before -> rules.checkChildren(before, campaign), () -> rules.checkNew(campaign));
  }

  private void checkOwners(Campaign campaign) {
    for (int i = 0; i < campaign.budgets().size(); i++) {
      Campaign.Budget budget = campaign.budgets().get(i);
      BudgetOnRecord known = history.budgets().get(budget.id());
      String path = "budgets[" + i + "]";
      if (known != null && !known.activityId().equals(campaign.activityId())) {
        lines.problem(path + ".id", "belongs to activity " + known.activityId());
      } else if (known != null && !known.total().equals(budget.total())) {
        lines.problem(
            path + ".total_fen", "is " + known.total().value() + "; only an adjustment changes it");
      }
    }
    for (int i = 0; i < campaign.children().size(); i++) {
      Child child = campaign.children().get(i);
      String path = "children[" + i + "]";
      checkOwner(history.childOwners(), child.id(), campaign, path + ".id");
      for (int j = 0; j < child.scenes().size(); j++) {
        checkOwner(
            history.sceneOwners(),
            child.scenes().get(j).id(),
            campaign,
            path + ".scenes[" + j + "].id");
      }
    }
  }

  private void checkOwner(Map<String, String> owners, String id, Campaign campaign, String path) {
    String owner = owners.get(id);
    if (owner != null && !owner.equals(campaign.activityId())) {
      lines.problem(path, "was taken by activity " + owner + ", for ever");
    }
  }

  private void checkNew(Campaign campaign) {
    for (int i = 0; i < campaign.children().size(); i++) {
      for (int j = 0; j < campaign.children().get(i).scenes().size(); j++) {
        String path = "children[" + i + "].scenes[" + j + "]";
        checkNewRounds(campaign.children().get(i).scenes().get(j), Map.of(), path);
      }
    }
  }

  private void checkChildren(Campaign before, Campaign after) {
    Map<String, Integer> indexes = new HashMap<>();
    for (int i = 0; i < after.children().size(); i++) {
      indexes.put(after.children().get(i).id(), i);
    }
    for (Child old : before.children()) {
      Integer index = indexes.get(old.id());
      if (index == null) {
        lines.problem("children", "lacks child " + old.id() + ", which is in effect");
      } else {
        checkChild(old, after.children().get(index), "children[" + index + "]");
      }
    }
  }

  private void checkChild(Child old, Child child, String path) {
    if (old.stage() != child.stage()) {
      lines.problem(path + ".stage", "cannot change: order numbers hold it");
    }
    for (Reward reward : old.rewards()) {
      int index = child.rewards().stream().map(Reward::id).toList().indexOf(reward.id());
      if (index < 0) {
        lines.problem(path + ".rewards", "lacks reward " + reward.id() + ", which is in effect");
      } else {
        checkReward(reward, child.rewards().get(index), path + ".rewards[" + index + "]");
      }
    }
    for (Scene scene : old.scenes()) {
      int index = child.scenes().stream().map(Scene::id).toList().indexOf(scene.id());
      if (index < 0) {
        lines.problem(path + ".scenes", "lacks scene " + scene.id() + ", which is in effect");
      } else {
        checkScene(scene, child.scenes().get(index), path + ".scenes[" + index + "]");
      }
    }
  }

  private void checkReward(Reward old, Reward reward, String path) {
    unchanged(old.awardType(), reward.awardType(), path + ".award_type");
    unchanged(old.budgetId(), reward.budgetId(), path + ".budget");
    unchanged(old.amount(), reward.amount(), path + ".amount");
  }

  private void checkScene(Scene old, Scene scene, String path) {
    unchanged(old.awardType(), scene.awardType(), path + ".award_type");
    unchanged(old.rewardId(), scene.rewardId(), path + ".reward");
    unchanged(old.rounds().isEmpty(), scene.rounds().isEmpty(), path + ".rounds");
    Map<Integer, Round> known = new HashMap<>();
    old.rounds().forEach(round -> known.put(round.rainId(), round));
    checkNewRounds(scene, known, path);
    for (Round round : old.rounds()) {
      int index = scene.rounds().stream().map(Round::rainId).toList().indexOf(round.rainId());
      if (index < 0) {
        lines.problem(path + ".rounds", "lacks round " + round.rainId() + ", which is in effect");
      } else {
        checkRound(round, scene.rounds().get(index), path + ".rounds[" + index + "]");
      }
    }
  }

  private void checkRound(Round old, Round round, String path) {
    unchanged(old.opens(), round.opens(), path + ".opens");
    boolean closedEarly =
        round.closes().isBefore(old.closes()) && !round.closes().isBefore(effectiveAt);
    if (!closedEarly && !old.closes().equals(round.closes())) {
      lines.problem(
          path + ".closes",
          "may only be closed early, and not before the revision takes effect at " + effectiveAt);
    }
  }

  private void checkNewRounds(Scene scene, Map<Integer, Round> known, String path) {
    for (int i = 0; i < scene.rounds().size(); i++) {
      Round round = scene.rounds().get(i);
      if (!known.containsKey(round.rainId()) && !round.closes().isAfter(effectiveAt)) {
        lines.problem(
            path + ".rounds[" + i + "].closes",
            "is over before the revision takes effect at " + effectiveAt);
      }
    }
  }

  private void unchanged(Object before, Object after, String path) {
    if (!before.equals(after)) {
      lines.problem(path, "cannot change once in effect");
    }
  }
}
