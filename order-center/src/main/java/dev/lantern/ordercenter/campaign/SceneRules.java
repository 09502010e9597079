package dev.lantern.ordercenter.campaign;

import dev.lantern.ordercenter.campaign.Compensation.Fallback;
import dev.lantern.ordercenter.campaign.Scene.Round;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Whether a scene holds together: what it gives, its caps, its rounds.
final class SceneRules {
  private final Child child;
  private final Map<String, Campaign.Budget> budgets;
  private final Lines lines;

  SceneRules(Child child, Map<String, Campaign.Budget> budgets, Lines lines) {
    this.child = child;
    this.budgets = budgets;
    this.lines = lines;
  }

  void check(Scene scene, String path) {
    Optional<Reward> main = known(scene.rewardId(), path + ".reward");
    if (main.isPresent() && main.get().awardType() != scene.awardType()) {
      lines.problem(
          path + ".reward",
          "is of another award type than the scene",
          "name a reward of the scene's award_type");
    }
    Optional<Reward> fallback = fallback(scene, path + ".compensation.fallback.reward");
    checkMoney(scene, main, fallback, path);
    checkRounds(scene.rounds(), path);
  }

  private Optional<Reward> fallback(Scene scene, String path) {
    if (!(scene.compensation().fallback() instanceof Fallback.OtherReward(String rewardId))) {
      return Optional.empty();
    }
    if (rewardId.equals(scene.rewardId())) {
      lines.problem(
          path, "is the scene's own reward: it falls back on itself", "name another reward");
      return Optional.empty();
    }
    return known(rewardId, path);
  }

  private Optional<Reward> known(String rewardId, String path) {
    Optional<Reward> reward = child.reward(rewardId);
    if (reward.isEmpty()) {
      lines.problem(
          path,
          "names no reward of this child: " + rewardId,
          "use one of " + child.rewards().stream().map(Reward::id).toList());
    }
    return reward;
  }

  private void checkMoney(
      Scene scene, Optional<Reward> main, Optional<Reward> fallback, String path) {
    OptionalLong most =
        Stream.concat(main.stream(), fallback.stream())
            .filter(Reward::isMoney)
            .mapToLong(Reward::mostUnits)
            .max();
    if (most.isEmpty()) {
      noMoney(scene, path);
      return;
    }
    long cap = scene.singleAmountCap().value();
    if (cap == 0) {
      lines.problem(
          path + ".single_amount_cap_fen",
          "is missing from a scene that gives money",
          "add one of " + most.getAsLong() + " fen or more");
      return;
    }
    checkDraw(main, cap, path + ".reward");
    checkDraw(fallback, cap, path + ".compensation.fallback.reward");
    checkCap(main, cap, path);
    if (!scene.dailyCap().isZero() && scene.dailyCap().value() < most.getAsLong()) {
      lines.problem(
          path + ".daily_cap_fen",
          "is below what one order can be worth",
          "write " + most.getAsLong() + " or more, or 0 for none");
    }
  }

  private void noMoney(Scene scene, String path) {
    String message = "is for scenes that give money";
    if (!scene.singleAmountCap().isZero()) {
      lines.problem(path + ".single_amount_cap_fen", message, "leave it out");
    }
    if (!scene.dailyCap().isZero()) {
      lines.problem(path + ".daily_cap_fen", message, "leave it out");
    }
  }

  private void checkDraw(Optional<Reward> reward, long cap, String path) {
    if (reward.filter(r -> r.isMoney() && r.mostUnits() > cap).isPresent()) {
      lines.problem(
          path,
          "can draw more than the scene's single_amount_cap_fen",
          "raise the cap to " + reward.get().mostUnits() + ", or name a smaller reward");
    }
  }

  private void checkCap(Optional<Reward> main, long cap, String path) {
    main.filter(Reward::isMoney)
        .flatMap(Reward::budgetId)
        .flatMap(budgetId -> Optional.ofNullable(budgets.get(budgetId)))
        .filter(budget -> budget.unit() == Campaign.Unit.FEN && cap > budget.total())
        .ifPresent(budget ->
            lines.problem(
                path + ".single_amount_cap_fen",
                "is over the whole budget " + budget.id(),
                "write at most " + budget.total() + ", or set aside more"));
  }

  private void checkRounds(List<Round> rounds, String path) {
    for (int i = 0; i < rounds.size(); i++) {
      Round round = rounds.get(i);
      String at = path + ".rounds[" + i + "]";
      if (!round.opens().isBefore(round.closes())) {
        lines.problem(at + ".closes", "is not after opens", "close it later");
      }
      if (round.opens().isBefore(child.opens())) {
        lines.problem(
            at + ".opens",
            "is before the child opens",
            "open it at " + child.opens() + " or later, or open the child earlier");
      }
      if (round.closes().isAfter(child.closes())) {
        lines.problem(
            at + ".closes",
            "is after the child closes",
            "close it by " + child.closes() + ", or close the child later");
      }
    }
    checkOverlaps(rounds, path);
  }

  private void checkOverlaps(List<Round> rounds, String path) {
    List<Integer> byOpening =
        IntStream.range(0, rounds.size())
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> rounds.get(i).opens()))
            .toList();
    for (int k = 1; k < byOpening.size(); k++) {
      Round earlier = rounds.get(byOpening.get(k - 1));
      Round round = rounds.get(byOpening.get(k));
      if (round.opens().isBefore(earlier.closes())) {
        lines.problem(
            path + ".rounds[" + byOpening.get(k) + "].opens",
            "overlaps round " + earlier.rainId(),
            "open it at " + earlier.closes() + " or later");
      }
    }
  }
}
