package dev.lantern.ordercenter;

import java.time.Instant;

/// Campaign documents for tests.
public final class Trees {
  private Trees() {}

  /// An activity `{id}` with one child `{id}-official`, a budget `{id}-main` and a scene
  /// `{id}-rain` with round 1, which draws 1 to 20 fen.
  public static String rain(String id, long totalFen, Instant opens, Instant closes) {
    return """
    activity: %1$s
    title: A test
    budgets:
      - {id: %1$s-main, total_fen: %2$d}
    children:
      - id: %1$s-official
        title: A test
        stage: OFFICIAL
        audience: {everyone: true}
        opens: %3$s
        closes: %4$s
        rewards:
          - id: cash-main
            template_id: t-1
            award_type: CASH_RED_PACKET
            budget: %1$s-main
            title: Red packet
            amount: {table: [{min_fen: 1, max_fen: 20, weight: 1}]}
        scenes:
          - id: %1$s-rain
            award_type: CASH_RED_PACKET
            reward: cash-main
            bill_text: Red packet rain
            single_amount_cap_fen: 200
            rounds:
              - {rain_id: 1, opens: %3$s, closes: %4$s}
    """
        .formatted(id, totalFen, opens, closes);
  }
}
