package dev.lantern.ordercenter.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.order.v1.Stage;
import dev.lantern.ordercenter.campaign.Compensation.Retry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CampaignDocumentTest {
  @Test
  void good_document_isReadWhole() {
    Campaign campaign = Documents.good();
    assertThat(campaign.activityId()).isEqualTo("spring-demo");
    assertThat(campaign.budgets()).extracting(Campaign.Budget::total).contains(100_000_000L);
    Child official = campaign.children().get(1);
    assertThat(official.stage()).isEqualTo(Stage.STAGE_OFFICIAL);
    Scene rain = official.scenes().getFirst();
    assertThat(rain.rounds()).hasSize(2);
    assertThat(rain.compensation())
        .isEqualTo(
            new Compensation(
                10, new Compensation.Fallback.OtherReward("cash-small"), Retry.STANDARD));
    assertThat(official.scenes().get(1).compensation().thresholdPercent()).isEqualTo(10);
    assertThat(official.scenes().get(1).rounds()).isEmpty();
    assertThat(campaign.children().getFirst().scenes().getFirst().compensation())
        .isEqualTo(Compensation.NONE);
  }

  /// Each row breaks the good document once: text, replacement, path and line of the problem.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          activity: spring-demo      | activity: Spring_Demo              | activity | 1
          activity: spring-demo      | name: x                            | name | 1
          stage: INTERNAL            | stage: SECRET                      | children[0].stage | 9
          {allow_list: [11, 12]}     | {allow_list: [11, -12]}            | children[0].audience.allow_list | 10
          {allow_list: [11, 12]}     | {percentage: 101}                  | children[0].audience.percentage | 10
          {allow_list: [11, 12]}     | {everyone: false}                  | children[0].audience | 10
          id: rain-a7f3              | id: rain_a7f3                      | children[0].scenes[0].id | 16
          total_fen: 1000000}        | total_fen: 0}                      | budgets[1].total_fen | 5
          total_fen: 1000000}        | total_fen: 99999999999999999999}   | budgets[1].total_fen | 5
          id: spring-demo-small, total | id: spring-demo-main, total      | budgets[1].id | 5
          budget: spring-demo-small  | budget: nowhere                    | children[1].rewards[1].budget | 34
          min_fen: 100, max_fen: 200 | min_fen: 201, max_fen: 200         | children[1].rewards[1].amount.table[1].max_fen | 36
          max_fen: 20, weight: 9     | max_fen: 20, weight: 0             | children[1].rewards[1].amount.table[0].weight | 36
          fallback: {reward: cash-small} | fallback: {reward: cash-big}   | children[1].scenes[0].compensation.fallback.reward | 43
          fallback: {reward: cash-small} | fallback: {reward: cash-main}  | children[1].scenes[0].compensation.fallback.reward | 43
          fallback: {reward: cash-small} | fallback: {}                   | children[1].scenes[0].compensation.fallback | 43
          threshold_percent: 10      | threshold_percent: 101             | children[1].scenes[0].compensation.threshold_percent | 43
          settlement: TOKEN          | settlement: LATER                  | children[1].scenes[0].settlement | 44
          single_amount_cap_fen: 200\\n | single_amount_cap_fen: 199\\n   | children[1].scenes[1].reward | 51
          rain_id: 2, opens          | rain_id: 1, opens                  | children[1].scenes[0].rounds[1].rain_id | 48
          rain_id: 2, opens          | rain_id: 0, opens                  | children[1].scenes[0].rounds[1].rain_id | 48
          rain_id: 1, opens          | rain_id: 100, opens                | children[1].scenes[0].rounds[0].rain_id | 47
          opens: 2027-01-01T13:00:00Z | opens: 2027-01-01T12:00:29Z       | children[1].scenes[0].rounds[1].opens | 48
          opens: 2027-01-01T13:00:00Z | opens: 2027-01-01T13:00:30Z       | children[1].scenes[0].rounds[1].closes | 48
          opens: 2027-01-01T13:00:00Z | opens: yesterday                  | children[1].scenes[0].rounds[1].opens | 48
          closes: 2027-01-01T13:00:30Z | closes: 2027-01-09T13:00:30Z     | children[1].scenes[0].rounds[1].closes | 48
          stage: INTERNAL            | stage: OFFICIAL                    | children[1].opens | 27
          bill_text: "Luck"          | bill_text: "Lu\\tck"               | children[1].scenes[1].bill_text | 52
          bill_text: "Luck"          | bill_txt: "Luck"                   | children[1].scenes[1].bill_txt | 52
          title: "A little luck"     | title: "A little luck", extra: 1   | | 35
          """)
  void broken_document_isRefused_whereItIsBroken(String text, String by, String path, int line) {
    List<Problem> problems =
        CampaignDocument.read(Documents.with(escaped(text), escaped(by))).problems();
    assertThat(problems)
        .as("%s", problems)
        .anySatisfy(problem -> {
          assertThat(problem.path()).isEqualTo(path == null ? "" : path);
          assertThat(problem.line()).isEqualTo(line);
          assertThat(problem.remedy()).isNotBlank();
        });
  }

  @Test
  void empty_document_isRefused() {
    assertThat(CampaignDocument.read("").problems()).hasSize(1);
    assertThat(CampaignDocument.read("just text").problems()).isNotEmpty();
  }

  @Test
  void aliases_areRefused_soThatASmallDocumentCannotUnfold() {
    String document =
        Documents.with("audience: {everyone: true}", "audience: &a {everyone: true}")
            .replace("audience: {allow_list: [11, 12]}", "audience: {everyone: true}")
            .concat("extra: *a\n");
    assertThat(CampaignDocument.read(document).campaign()).isEmpty();
  }

  @Test
  void repeated_key_isRefused() {
    assertThat(CampaignDocument.read(Documents.GOOD + "title: again\n").problems())
        .extracting(Problem::path)
        .contains("title");
  }

  @Test
  void many_problems_areBounded() {
    StringBuilder document = new StringBuilder("activity: a\n");
    for (int i = 0; i < 1_000; i++) {
      document.append("unknown").append(i).append(": 1\n");
    }
    assertThat(CampaignDocument.read(document.toString()).problems()).hasSize(Lines.MAX_PROBLEMS);
  }

  private static String escaped(String text) {
    return text.replace("\\n", "\n").replace("\\t", "\t");
  }
}
