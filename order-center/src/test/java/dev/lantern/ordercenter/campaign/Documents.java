package dev.lantern.ordercenter.campaign;

/// A campaign document that holds together, for tests to break.
final class Documents {
  /// Its lines are counted by tests: change it with care.
  static final String GOOD =
      """
      activity: spring-demo
      title: Spring demonstration
      budgets:
        - {id: spring-demo-main, total_fen: 100000000}
        - {id: spring-demo-small, total_fen: 1000000}
      children:
        - id: spring-demo-internal
          title: Spring demonstration
          stage: INTERNAL
          audience: {allow_list: [11, 12]}
          opens: 2027-01-01T00:00:00Z
          closes: 2027-01-08T00:00:00Z
          rewards:
            - {id: cash-main, template_id: t-1001, award_type: CASH_RED_PACKET, budget: spring-demo-main, title: "Spring red packet", amount: {fixed_fen: 88}}
          scenes:
            - id: rain-a7f3
              award_type: CASH_RED_PACKET
              reward: cash-main
              bill_text: "Red packet rain"
              single_amount_cap_fen: 20000
              rounds:
                - {rain_id: 100, opens: 2027-01-01T11:00:00Z, closes: 2027-01-01T11:00:30Z}
        - id: spring-demo-official
          title: Spring demonstration
          stage: OFFICIAL
          audience: {everyone: true}
          opens: 2027-01-01T00:00:00Z
          closes: 2027-01-08T00:00:00Z
          rewards:
            - {id: cash-main, template_id: t-1001, award_type: CASH_RED_PACKET, budget: spring-demo-main, title: "Spring red packet", amount: {fixed_fen: 88}}
            - id: cash-small
              template_id: t-1002
              award_type: CASH_RED_PACKET
              budget: spring-demo-small
              title: "A little luck"
              amount: {table: [{min_fen: 1, max_fen: 20, weight: 9}, {min_fen: 100, max_fen: 200, weight: 1}]}
          scenes:
            - id: rain-a7f3
              award_type: CASH_RED_PACKET
              reward: cash-main
              bill_text: "Red packet rain"
              single_amount_cap_fen: 20000
              compensation: {threshold_percent: 10, fallback: {reward: cash-small}}
              settlement: TOKEN
              reconciled: true
              rounds:
                - {rain_id: 1, opens: 2027-01-01T12:00:00Z, closes: 2027-01-01T12:00:30Z}
                - {rain_id: 2, opens: 2027-01-01T13:00:00Z, closes: 2027-01-01T13:00:30Z}
            - id: always
              award_type: CASH_RED_PACKET
              reward: cash-small
              bill_text: "Luck"
              single_amount_cap_fen: 200
              compensation: {fallback: {message: "Happy new year"}}
      """;

  private Documents() {}

  /// The document with one text replaced by another; the text must be in it.
  static String with(String text, String by) {
    if (!GOOD.contains(text)) {
      throw new AssertionError("not in the document: " + text);
    }
    return GOOD.replace(text, by);
  }

  static Campaign good() {
    return CampaignDocument.read(GOOD).campaign().orElseThrow();
  }
}
