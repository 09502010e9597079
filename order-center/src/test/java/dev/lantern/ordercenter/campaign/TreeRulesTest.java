package dev.lantern.ordercenter.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The documented tree, broken once by each rule of a tree by itself. Each row: text, replacement
/// of its first occurrence, path of the problem.
final class TreeRulesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          title: "A cinema ticket", downstream: cinema | title: "A cinema ticket" | children[2].rewards[3].downstream
          title: "A cinema ticket", downstream: cinema | title: "A cinema ticket", downstream: "a vendor" | children[2].rewards[3].downstream
          title: "A cinema ticket", downstream | title: "A cinema ticket", amount: {fixed_fen: 1}, downstream | children[2].rewards[3].amount
          title: "For your red packets" | title: "x"\\n        downstream: cinema | children[2].rewards[2].downstream
          budget: spring-2027-luck | title: "x" | children[2].rewards[1].budget
          budget: spring-2027-tickets, | budget: spring-2027-luck, | children[2].rewards[3].budget
          budget: spring-2027-subsidy | budget: spring-2027-tickets | children[2].rewards[2].budget
          total_items: 3000 | total_fen: 3000 | children[2].rewards[3].budget
          total_items: 3000 | total_items: 3000, total_fen: 3000 | budgets[3]
          total_items: 3000 | total_items: 0 | budgets[3].total_items
          total_fen: 2000000} | total_pieces: 1} | budgets[1]
          reward: ticket | reward: drink | children[2].scenes[3].reward
          bill_text: "Tea time" | bill_text: "Tea time"\\n        single_amount_cap_fen: 1 | children[2].scenes[4].single_amount_cap_fen
          bill_text: "Tea time" | bill_text: "Tea time"\\n        daily_cap_fen: 1 | children[2].scenes[4].daily_cap_fen
          single_amount_cap_fen: 500\\n | reconciled: true\\n | children[2].scenes[2].single_amount_cap_fen
          single_amount_cap_fen: 500\\n | single_amount_cap_fen: 499\\n | children[2].scenes[2].reward
          single_amount_cap_fen: 20000\\n | single_amount_cap_fen: 887\\n | children[2].scenes[0].reward
          single_amount_cap_fen: 1\\n        rounds | single_amount_cap_fen: 1\\n        rounds: []\\n        rain | children[2].scenes[3].rain
          daily_cap_fen: 50000 | daily_cap_fen: 887 | children[2].scenes[0].daily_cap_fen
          total_fen: 10000000} | total_fen: 499} | children[2].rewards[2].amount
          total_fen: 500000000} | total_fen: 19999} | children[2].scenes[0].single_amount_cap_fen
          per_second: 200000 | per_second: 0 | children[2].scenes[0].rate_limit.per_second
          rate_limit: {per_second: 200000} | rate_limit: {} | children[2].scenes[0].rate_limit.per_second
          fallback: {reward: luck}} | fallback: {reward: packet}} | children[2].scenes[0].compensation.fallback.reward
          fallback: {reward: luck}} | fallback: {reward: none}} | children[2].scenes[0].compensation.fallback.reward
          {threshold_percent: 10, fallback: {reward: luck}} | {threshold_percent: 10} | children[2].scenes[0].compensation.threshold_percent
          max_tries: 20 | max_tries: 0 | children[2].scenes[3].compensation.retry.max_tries
          max_backoff_s: 600 | max_backoff_s: 0 | children[2].scenes[3].compensation.retry.max_backoff_s
          first_backoff_s: 1, max_backoff_s: 600 | first_backoff_s: 601, max_backoff_s: 600 | children[2].scenes[3].compensation.retry.max_backoff_s
          settlement: DIRECT | settlement: NEVER | children[2].scenes[2].settlement
          {percentage: 5} | {everyone: true} | children[1].audience
          {percentage: 5} | {percentage: -1} | children[1].audience.percentage
          {percentage: 5} | {allow_list: [7, 1002]} | children[1].audience.allow_list
          {everyone: true} | {percentage: 100} | children[2].audience
          stage: GREY | stage: INTERNAL | children[1].opens
          closes: 2027-02-05T00:00:00Z\\n    rewards:\\n      - {id: packet, template_id: t-101 | closes: 2027-02-05T00:00:01Z\\n    rewards:\\n      - {id: packet, template_id: t-101 | children[2].scenes[1].id
          opens: 2027-02-05T00:00:00Z | opens: 2027-02-05T00:00:01Z | children[2].opens
          opens: 2027-01-25T00:00:00Z | opens: 2027-02-25T00:00:00Z | children[0].closes
          stage: GREY | stage: OFFICIAL | children[2].scenes[1].id
          rain_id: 2, | rain_id: 10, | children[2].scenes[0].rounds[0].rain_id
          opens: 2027-02-05T13:00:00Z | opens: 2027-02-04T13:00:00Z | children[2].scenes[0].rounds[1].opens
          closes: 2027-02-05T13:00:30Z | closes: 2027-02-25T13:00:30Z | children[2].scenes[0].rounds[1].closes
          opens: 2027-02-05T13:00:00Z | opens: 2027-02-05T12:00:29Z | children[2].scenes[0].rounds[1].opens
          opens: 2027-02-06T20:00:00Z | opens: 2027-02-06T20:05:00Z | children[2].scenes[3].rounds[0].closes
          id: tea | id: cinema | children[2].scenes[4].id
          id: luck | id: packet | children[2].rewards[1].id
          id: spring-2027-grey | id: spring-2027-internal | children[1].id
          """)
  void broken_tree_isRefused_whereItIsBroken(String text, String by, String path) {
    List<Problem> problems = Guide.problems(Guide.with(nl(text), nl(by)));
    assertThat(problems).as("%s", problems).extracting(Problem::path).contains(path);
    assertThat(problems)
        .allSatisfy(problem -> {
          assertThat(problem.line()).isPositive();
          assertThat(problem.message()).isNotBlank();
          assertThat(problem.remedy()).isNotBlank();
        });
  }

  /// What only looks like a mistake.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          closes: 2027-02-05T00:00:00Z | closes: 2027-02-02T00:00:00Z
          {percentage: 5} | {allow_list: [7, 8]}
          {percentage: 5} | {percentage: 100}
          id: daily | id: grey-daily
          threshold_percent: 0 | threshold_percent: 50
          settlement: TOKEN | settlement: DIRECT
          daily_cap_fen: 50000 | daily_cap_fen: 888
          """)
  void sound_tree_isTaken(String text, String by) {
    assertThat(Guide.problems(Guide.with(text, by))).isEmpty();
  }

  private static String nl(String text) {
    return text.replace("\\n", "\n");
  }
}
