package dev.lantern.proving.rain;

import dev.lantern.proving.clientlog.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/// Writes a plan as the YAML that CampaignService takes.
final class CampaignYaml {
  private static final Duration AFTERWARDS = Duration.ofDays(7);

  private CampaignYaml() {}

  static String of(CampaignPlan plan) {
    RoundPlan insiders = plan.rounds().getFirst();
    Instant begins = insiders.opens().minusSeconds(1);
    var text = new StringBuilder();
    text.append("activity: ").append(plan.runId()).append('\n');
    text.append("title: Red packet rain\n");
    text.append("budgets:\n");
    for (RunRecord.Budget budget : plan.budgets()) {
      String counted = budget.budgetId().equals(plan.thingsBudget()) ? "total_items" : "total_fen";
      text.append(
          "  - {id: %s, %s: %d}\n".formatted(budget.budgetId(), counted, budget.totalFen()));
    }
    text.append("children:\n");
    child(text, plan, "internal", "INTERNAL", begins, insiders.closes());
    text.append(reward("insider", plan.mainBudget(), amount(plan), "For our own"));
    text.append("    scenes:\n");
    scene(text, plan, "in", "insider", "");
    child(
        text,
        plan,
        "official",
        "OFFICIAL",
        insiders.closes(),
        plan.rounds().getLast().closes().plus(AFTERWARDS));
    text.append(reward("main", plan.mainBudget(), amount(plan), "Spring red packet"));
    text.append(
        reward(
            "small",
            plan.smallBudget(),
            "{table: [{min_fen: 1, max_fen: 5, weight: 1}]}",
            "A little luck"));
    if (plan.options().things()) {
      text.append(
          ("      - {id: ticket, template_id: t-ticket, award_type: CINEMA_TICKET, budget: %s,"
                  + " title: \"A cinema ticket\", downstream: vendor}\n")
              .formatted(plan.thingsBudget()));
    }
    text.append("    scenes:\n");
    scene(text, plan, "a", "main", "{reward: small}");
    if (plan.options().rounds() > 1) {
      scene(text, plan, "b", "main", "{message: \"Happy new year\"}");
    }
    if (plan.options().things()) {
      things(text, plan);
    }
    return text.toString();
  }

  /// All rounds at once; what a downstream refuses becomes a blessing.
  private static void things(StringBuilder text, CampaignPlan plan) {
    text.append("      - id: %s%s\n".formatted(plan.runId(), CampaignPlan.THINGS));
    text.append("        award_type: CINEMA_TICKET\n        reward: ticket\n");
    text.append("        bill_text: Red packet rain\n");
    text.append(
        "        compensation: {threshold_percent: 0, fallback: {message: \"Happy new year\"}}\n");
    text.append("        settlement: TOKEN\n        reconciled: true\n        rounds:\n");
    plan.rounds().stream()
        .filter(round -> !round.insidersOnly())
        .forEach(round -> round(text, round));
  }

  private static String amount(CampaignPlan plan) {
    return plan.options().fixedFen() > 0
        ? "{fixed_fen: " + plan.options().fixedFen() + "}"
        : DrawnAmounts.TABLE;
  }

  private static void child(
      StringBuilder text,
      CampaignPlan plan,
      String name,
      String stage,
      Instant opens,
      Instant closes) {
    String audience =
        stage.equals("INTERNAL")
            ? "{allow_list: ["
                + plan.insiders().stream().map(String::valueOf).collect(Collectors.joining(", "))
                + "]}"
            : "{everyone: true}";
    text.append("  - id: %s-%s\n".formatted(plan.runId(), name));
    text.append("    title: Red packet rain, %s\n".formatted(name));
    text.append("    stage: %s\n    audience: %s\n".formatted(stage, audience));
    text.append("    opens: %s\n    closes: %s\n    rewards:\n".formatted(opens, closes));
  }

  private static String reward(String id, String budget, String amount, String title) {
    return ("      - {id: %s, template_id: t-%s, award_type: CASH_RED_PACKET, budget: %s,"
            + " title: \"%s\", amount: %s}\n")
        .formatted(id, id, budget, title, amount);
  }

  private static void scene(
      StringBuilder text, CampaignPlan plan, String name, String reward, String fallback) {
    RainOptions options = plan.options();
    long cap =
        Math.min(
            RainOptions.MAX_AMOUNT_FEN,
            plan.budgets().stream().mapToLong(RunRecord.Budget::totalFen).min().orElseThrow());
    text.append("      - id: %s-%s\n".formatted(plan.runId(), name));
    text.append("        award_type: CASH_RED_PACKET\n        reward: %s\n".formatted(reward));
    text.append("        bill_text: Red packet rain\n");
    text.append("        single_amount_cap_fen: %d\n".formatted(cap));
    if (!fallback.isEmpty()) {
      text.append(
          "        compensation: {threshold_percent: %d, fallback: %s}\n"
              .formatted(options.thresholdPercent(), fallback));
    }
    text.append("        settlement: TOKEN\n        reconciled: true\n        rounds:\n");
    rounds(plan, plan.runId() + "-" + name).forEach(round -> round(text, round));
  }

  private static void round(StringBuilder text, RoundPlan round) {
    text.append(
        "          - {rain_id: %d, opens: %s, closes: %s}\n"
            .formatted(round.rainId(), round.opens(), round.closes()));
  }

  private static List<RoundPlan> rounds(CampaignPlan plan, String sceneId) {
    return plan.rounds().stream().filter(round -> round.sceneId().equals(sceneId)).toList();
  }
}
