package dev.lantern.proving.present;

import java.time.Duration;
import java.time.Instant;

/// The drill's campaign: one round, one amount, no fallback.
final class LossCampaign {
  static final int ROUND = 1;

  private LossCampaign() {}

  static String scene(String id) {
    return id + "-s";
  }

  static String budget(String id) {
    return id + "-b";
  }

  static String document(String id, long totalFen, long eachFen, Instant opens) {
    return """
    activity: %1$s
    title: A drill
    budgets:
      - {id: %1$s-b, total_fen: %2$d}
    children:
      - id: %1$s-c
        title: A drill
        stage: OFFICIAL
        audience: {everyone: true}
        opens: %4$s
        closes: %5$s
        rewards:
          - {id: main, template_id: t-%1$s, award_type: CASH_RED_PACKET, budget: %1$s-b, title: "Packet", amount: {fixed_fen: %3$d}}
        scenes:
          - id: %1$s-s
            award_type: CASH_RED_PACKET
            reward: main
            bill_text: A drill
            single_amount_cap_fen: 1000
            settlement: TOKEN
            reconciled: true
            rounds:
              - {rain_id: 1, opens: %4$s, closes: %5$s}
    """
        .formatted(id, totalFen, eachFen, opens, opens.plus(Duration.ofHours(1)));
  }
}
