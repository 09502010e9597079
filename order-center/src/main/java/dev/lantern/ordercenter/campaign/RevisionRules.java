package dev.lantern.ordercenter.campaign;

import dev.lantern.ordercenter.campaign.History.BudgetOnRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What earlier revisions forbid a new one: ids taken elsewhere, totals that only an adjustment may
/// change, and everything that orders already rest on.
///
/// Immutable once effective: a round's child, scene and times (it may be closed early), a scene's
/// award type and reward, a reward's kind, template, budget, downstream and draw table, a child's
/// stage. Nothing of these may vanish either. What is new must be of use: [NewParts] says of what.
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
    rules.checkBudgets(campaign);
    rules.checkOwners(campaign);
    history.inForce().ifPresent(before -> rules.checkKept(before, campaign));
    NewParts.check(campaign, history, effectiveAt, lines);
  }

  private void checkBudgets(Campaign campaign) {
    for (int i = 0; i < campaign.budgets().size(); i++) {
      Campaign.Budget budget = campaign.budgets().get(i);
      BudgetOnRecord known = history.budgets().get(budget.id());
      if (known != null) {
        checkBudget(budget, known, campaign, "budgets[" + i + "]");
      }
    }
  }

  private void checkBudget(
      Campaign.Budget budget, BudgetOnRecord known, Campaign campaign, String path) {
    if (!known.activityId().equals(campaign.activityId())) {
      lines.problem(
          path + ".id", "belongs to activity " + known.activityId(), "take another budget id");
    } else if (known.unit() != budget.unit()) {
      lines.problem(path, "has counted " + known.unit() + " so far", "take another budget id");
    } else if (budget.total() != known.declared() && budget.total() != known.total()) {
      lines.problem(
          path + (budget.unit() == Campaign.Unit.FEN ? ".total_fen" : ".total_items"),
          "was declared as " + known.declared() + " and is " + known.total() + " by now",
          "write " + known.declared() + "; only an adjustment changes a budget");
    }
  }

  private void checkOwners(Campaign campaign) {
    for (int i = 0; i < campaign.children().size(); i++) {
      Child child = campaign.children().get(i);
      String path = "children[" + i + "]";
      checkOwner(history.childOwners(), child.id(), campaign, path + ".id");
      for (int j = 0; j < child.scenes().size(); j++) {
        String sceneId = child.scenes().get(j).id();
        checkOwner(history.sceneOwners(), sceneId, campaign, path + ".scenes[" + j + "].id");
      }
    }
  }

  private void checkOwner(Map<String, String> owners, String id, Campaign campaign, String path) {
    String owner = owners.get(id);
    if (owner != null && !owner.equals(campaign.activityId())) {
      lines.problem(path, "was taken by activity " + owner + ", for ever", "take another id");
    }
  }

  private void checkKept(Campaign before, Campaign after) {
    Map<String, Integer> indexes = indexes(after.children(), Child::id);
    for (Child old : before.children()) {
      Integer index = indexes.get(old.id());
      if (index == null) {
        lacks("children", "child " + old.id());
      } else {
        checkChild(old, after.children().get(index), "children[" + index + "]");
      }
    }
  }

  private void checkChild(Child old, Child child, String path) {
    if (old.stage() != child.stage()) {
      lines.problem(
          path + ".stage", "cannot change: order numbers hold it", "put " + old.stage() + " back");
    }
    ChildChanges.check(old, child, effectiveAt, path, lines);
    Map<String, Integer> rewards = indexes(child.rewards(), Reward::id);
    for (Reward reward : old.rewards()) {
      Integer index = rewards.get(reward.id());
      if (index == null) {
        lacks(path + ".rewards", "reward " + reward.id());
      } else {
        checkReward(reward, child.rewards().get(index), path + ".rewards[" + index + "]");
      }
    }
    Map<String, Integer> scenes = indexes(child.scenes(), Scene::id);
    for (Scene scene : old.scenes()) {
      Integer index = scenes.get(scene.id());
      if (index == null) {
        lacks(path + ".scenes", "scene " + scene.id());
      } else {
        checkScene(scene, child.scenes().get(index), path + ".scenes[" + index + "]");
      }
    }
  }

  private void checkReward(Reward old, Reward reward, String path) {
    unchanged(old.awardType(), reward.awardType(), path + ".award_type");
    unchanged(old.templateId(), reward.templateId(), path + ".template_id");
    unchanged(old.budgetId().orElse("none"), reward.budgetId().orElse("none"), path + ".budget");
    if (old.isMoney() == reward.isMoney()) {
      unchanged(old.gift(), reward.gift(), path + (old.isMoney() ? ".amount" : ".downstream"));
    }
  }

  private void checkScene(Scene old, Scene scene, String path) {
    unchanged(old.awardType(), scene.awardType(), path + ".award_type");
    unchanged(old.rewardId(), scene.rewardId(), path + ".reward");
    if (old.rounds().isEmpty() != scene.rounds().isEmpty()) {
      lines.problem(
          path + ".rounds",
          "cannot come or go once the scene is in effect",
          "take another scene id");
      return;
    }
    Map<Integer, Integer> indexes = indexes(scene.rounds(), Scene.Round::rainId);
    for (Scene.Round round : old.rounds()) {
      Integer index = indexes.get(round.rainId());
      if (index == null) {
        lacks(path + ".rounds", "round " + round.rainId());
      } else {
        checkRound(round, scene.rounds().get(index), path + ".rounds[" + index + "]");
      }
    }
  }

  private void checkRound(Scene.Round old, Scene.Round round, String path) {
    unchanged(old.opens(), round.opens(), path + ".opens");
    boolean closedEarly =
        round.closes().isBefore(old.closes()) && !round.closes().isBefore(effectiveAt);
    if (!closedEarly && !old.closes().equals(round.closes())) {
      lines.problem(
          path + ".closes",
          "may only be closed early, and not before the revision takes effect at " + effectiveAt,
          "put " + old.closes() + " back, or close it between the two");
    }
  }

  private void lacks(String path, String what) {
    lines.problem(path, "lacks " + what + ", which is in effect", "put it back");
  }

  private void unchanged(Object before, Object after, String path) {
    if (!before.equals(after)) {
      lines.problem(path, "cannot change once in effect", "put it back, or add another beside it");
    }
  }

  private static <E, K> Map<K, Integer> indexes(List<E> parts, Function<E, K> idOf) {
    Map<K, Integer> indexes = new HashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      indexes.put(idOf.apply(parts.get(i)), i);
    }
    return indexes;
  }
}
