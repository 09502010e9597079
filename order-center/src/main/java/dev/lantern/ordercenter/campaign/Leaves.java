package dev.lantern.ordercenter.campaign;

import dev.lantern.ordercenter.campaign.Compensation.Fallback;
import dev.lantern.ordercenter.campaign.DrawTable.Band;
import dev.lantern.ordercenter.campaign.Reward.Gift;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A tree as its single settings, each under its path; parts of lists are named by their ids, so
/// that moving one is no change. Settings left out of a document appear with their defaults.
final class Leaves {
  private final Map<String, String> values = new TreeMap<>();

  private Leaves() {}

  /// The settings, sorted by path.
  static Map<String, String> of(Campaign campaign) {
    Leaves leaves = new Leaves();
    leaves.put("title", campaign.title());
    for (Campaign.Budget budget : campaign.budgets()) {
      String path = "budgets[" + budget.id() + "]";
      leaves.put(
          path + (budget.unit() == Campaign.Unit.FEN ? ".total_fen" : ".total_items"),
          budget.total());
    }
    campaign.children().forEach(leaves::child);
    return leaves.values;
  }

  private void child(Child child) {
    String path = "children[" + child.id() + "]";
    put(path + ".title", child.title());
    put(path + ".stage", child.stage().name().substring("STAGE_".length()));
    put(path + ".opens", child.opens());
    put(path + ".closes", child.closes());
    audience(child.audience(), path + ".audience");
    child.rewards().forEach(reward -> reward(reward, path + ".rewards[" + reward.id() + "]"));
    child.scenes().forEach(scene -> scene(scene, path + ".scenes[" + scene.id() + "]"));
  }

  private void audience(Audience audience, String path) {
    switch (audience) {
      case Audience.Everyone() -> put(path + ".everyone", true);
      case Audience.Percentage(int percent) -> put(path + ".percentage", percent);
      case Audience.AllowList(var users) ->
          users.forEach(user -> put(path + ".allow_list[" + user + "]", user));
    }
  }

  private void reward(Reward reward, String path) {
    put(path + ".template_id", reward.templateId());
    put(path + ".award_type", reward.awardType().name().substring("AWARD_TYPE_".length()));
    reward.budgetId().ifPresent(budget -> put(path + ".budget", budget));
    put(path + ".title", reward.title());
    switch (reward.gift()) {
      case Gift.Item(String downstream) -> put(path + ".downstream", downstream);
      case Gift.Money(DrawTable amount) -> amount(amount.bands(), path + ".amount");
    }
  }

  private void amount(List<Band> bands, String path) {
    if (bands.size() == 1 && bands.getFirst().minFen() == bands.getFirst().maxFen()) {
      put(path + ".fixed_fen", bands.getFirst().minFen());
      return;
    }
    for (int i = 0; i < bands.size(); i++) {
      Band band = bands.get(i);
      put(
          path + ".table[" + i + "]",
          band.minFen() + " to " + band.maxFen() + " fen, weight " + band.weight());
    }
  }

  private void scene(Scene scene, String path) {
    put(path + ".award_type", scene.awardType().name().substring("AWARD_TYPE_".length()));
    put(path + ".reward", scene.rewardId());
    put(path + ".bill_text", scene.billText());
    if (!scene.singleAmountCap().isZero()) {
      put(path + ".single_amount_cap_fen", scene.singleAmountCap().value());
    }
    put(path + ".daily_cap_fen", scene.dailyCap().value());
    scene.ratePerSecond().ifPresent(rate -> put(path + ".rate_limit.per_second", rate));
    compensation(scene.compensation(), path + ".compensation");
    put(path + ".settlement", scene.settlement());
    put(path + ".reconciled", scene.reconciled());
    for (Scene.Round round : scene.rounds()) {
      String at = path + ".rounds[" + round.rainId() + "]";
      put(at + ".opens", round.opens());
      put(at + ".closes", round.closes());
    }
  }

  private void compensation(Compensation compensation, String path) {
    put(path + ".threshold_percent", compensation.thresholdPercent());
    switch (compensation.fallback()) {
      case Fallback.None() -> {}
      case Fallback.OtherReward(String rewardId) -> put(path + ".fallback.reward", rewardId);
      case Fallback.Message(String text) -> put(path + ".fallback.message", text);
    }
    put(path + ".retry.max_tries", compensation.retry().maxTries());
    put(path + ".retry.first_backoff_s", compensation.retry().firstBackoff().toSeconds());
    put(path + ".retry.max_backoff_s", compensation.retry().maxBackoff().toSeconds());
  }

  private void put(String path, Object value) {
    values.put(path, String.valueOf(value));
  }
}
