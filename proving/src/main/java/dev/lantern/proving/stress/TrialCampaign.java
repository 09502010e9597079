package dev.lantern.proving.stress;

import dev.lantern.proving.clientlog.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/// The campaign of one trial: one child for everyone, one budget that covers every grab, and as
/// many scenes of one round as a user grabs times.
record TrialCampaign(String runId, TrialOptions options, Instant opens, Instant closes) {
  static final int RAIN_ID = 1;
  static final long FEN = 88;
  private static final Duration AFTERWARDS = Duration.ofDays(1);

  String scene(int number) {
    return runId + "-s" + number;
  }

  private String child() {
    return runId + "-c";
  }

  private RunRecord.Budget budget() {
    return new RunRecord.Budget(runId + "-b", 2 * FEN * (options.calls() + 1_000L));
  }

  RunRecord record(String ledgerBirth, Instant startedAt) {
    var round = new RunRecord.Round(RAIN_ID, opens.toString(), closes.toString());
    List<RunRecord.Scene> scenes =
        IntStream.range(0, options.scenes())
            .mapToObj(i ->
                new RunRecord.Scene(
                    scene(i), child(), "main", budget().budgetId(), "", "", List.of(round)))
            .toList();
    return new RunRecord(
        runId,
        ledgerBirth,
        startedAt.toString(),
        runId,
        options.users(),
        0,
        0,
        FEN,
        List.of(new RunRecord.Child(child(), "OFFICIAL", List.of())),
        scenes,
        List.of(budget()),
        false);
  }

  String yaml() {
    var text =
        new StringBuilder(
            """
            activity: %1$s
            title: A trial
            budgets:
              - {id: %2$s, total_fen: %3$d}
            children:
              - id: %4$s
                title: A trial
                stage: OFFICIAL
                audience: {everyone: true}
                opens: %5$s
                closes: %6$s
                rewards:
                  - {id: main, template_id: t-1, award_type: CASH_RED_PACKET, budget: %2$s, title: "Trial", amount: {fixed_fen: %7$d}}
                scenes:
            """
                .formatted(
                    runId,
                    budget().budgetId(),
                    budget().totalFen(),
                    child(),
                    opens,
                    closes.plus(AFTERWARDS),
                    FEN));
    for (int i = 0; i < options.scenes(); i++) {
      text.append(
          """
                - id: %1$s
                  award_type: CASH_RED_PACKET
                  reward: main
                  bill_text: Trial
                  single_amount_cap_fen: %2$d
                  settlement: TOKEN
                  reconciled: true
                  rounds:
                    - {rain_id: %3$d, opens: %4$s, closes: %5$s}
          """
              .formatted(scene(i), FEN, RAIN_ID, opens, closes)
              .indent(2));
    }
    return text.toString();
  }
}
