package dev.lantern.proving.rain;

import dev.lantern.proving.clientlog.RunRecord;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Writes a [StagesPlan] as the YAML that CampaignService takes.
final class StagesYaml {
  private StagesYaml() {}

  static String of(StagesPlan plan) {
    var text = new StringBuilder();
    text.append("activity: ").append(plan.runId()).append("\ntitle: A rain over three stages\n");
    text.append("budgets:\n");
    for (RunRecord.Budget budget : plan.budgets()) {
      text.append("  - {id: %s, total_fen: %d}\n".formatted(budget.budgetId(), budget.totalFen()));
    }
    text.append("children:\n");
    Instant begins = plan.opens().minusSeconds(1);
    child(text, plan, "internal", plan.insiders(), begins, plan.greyOpens());
    child(text, plan, "grey", plan.guests(), plan.greyOpens(), plan.changeOver());
    scene(text, plan, plan.timedScene());
    child(text, plan, "official", List.of(), plan.changeOver(), plan.ends());
    scene(text, plan, plan.timedScene());
    return text.toString();
  }

  private static void child(
      StringBuilder text,
      StagesPlan plan,
      String name,
      List<Long> guests,
      Instant opens,
      Instant closes) {
    String audience =
        guests.isEmpty()
            ? "{everyone: true}"
            : "{allow_list: ["
                + guests.stream().map(String::valueOf).collect(Collectors.joining(", "))
                + "]}";
    String id = plan.child(name);
    text.append("  - id: %s\n    title: Stage %s\n".formatted(id, name));
    text.append("    stage: %s\n".formatted(name.toUpperCase(Locale.ROOT)));
    text.append("    audience: %s\n".formatted(audience));
    text.append("    opens: %s\n    closes: %s\n    rewards:\n".formatted(opens, closes));
    text.append(
        ("      - {id: packet, template_id: t-%s, award_type: CASH_RED_PACKET, budget: %s,"
                + " title: \"Red packet\", amount: %s}\n")
            .formatted(name, id, DrawnAmounts.TABLE));
    text.append("    scenes:\n");
    scene(text, plan, plan.roundScene(name));
    text.append("        rounds:\n");
    plan.rounds().stream()
        .filter(round -> round.childId().equals(id))
        .forEach(round ->
            text.append(
                "          - {rain_id: %d, opens: %s, closes: %s}\n"
                    .formatted(round.rainId(), round.opens(), round.closes())));
  }

  private static void scene(StringBuilder text, StagesPlan plan, String id) {
    text.append("      - id: %s\n".formatted(id));
    text.append("        award_type: CASH_RED_PACKET\n        reward: packet\n");
    text.append("        bill_text: Red packet rain\n");
    text.append("        single_amount_cap_fen: %d\n".formatted(plan.capFen()));
  }
}
