package dev.lantern.ordercenter.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.ordercenter.campaign.History.BudgetOnRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RevisionRulesTest {
  private static final Instant EFFECTIVE = Instant.parse("2027-01-01T12:00:10Z");
  private static final History AFTER_GOOD =
      new History(
          Optional.of(Documents.good()),
          Map.of("rain-a7f3", "spring-demo", "always", "spring-demo"),
          Map.of("spring-demo-internal", "spring-demo", "spring-demo-official", "spring-demo"),
          Map.of(
              "spring-demo-main",
                  new BudgetOnRecord("spring-demo", Campaign.Unit.FEN, 100_000_000, 100_000_000),
              "spring-demo-small",
                  new BudgetOnRecord("spring-demo", Campaign.Unit.FEN, 1_000_000, 2_000_000)));

  /// What may change: text, replacement.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          title: "A little luck"       | title: "Much luck"
          threshold_percent: 10        | threshold_percent: 20
          percentage: 10               | percentage: 10
          closes: 2027-01-01T12:00:30Z | closes: 2027-01-01T12:00:10Z
          closes: 2027-01-01T13:00:30Z | closes: 2027-01-01T13:00:01Z
          {allow_list: [11, 12]}       | {allow_list: [11, 12, 13]}
          rounds:\\n          - {rain_id: 1, | rounds:\\n          - {rain_id: 3, opens: 2027-01-02T12:00:00Z, closes: 2027-01-02T12:00:30Z}\\n          - {rain_id: 1,
          """)
  void allowed_change_isAccepted(String text, String by) {
    String document =
        text.startsWith("percentage") ? Documents.GOOD : Documents.with(nl(text), nl(by));
    assertThat(problems(document)).isEmpty();
  }

  /// What may not: text, replacement, path.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          closes: 2027-01-01T12:00:30Z | closes: 2027-01-01T12:00:09Z | children[1].scenes[0].rounds[0].closes
          closes: 2027-01-01T12:00:30Z | closes: 2027-01-01T12:00:31Z | children[1].scenes[0].rounds[0].closes
          opens: 2027-01-01T13:00:00Z  | opens: 2027-01-01T13:00:01Z  | children[1].scenes[0].rounds[1].opens
          - {rain_id: 2, opens: 2027-01-01T13:00:00Z, closes: 2027-01-01T13:00:30Z} | | children[1].scenes[0].rounds
          max_fen: 20, weight: 9       | max_fen: 21, weight: 9       | children[1].rewards[1].amount
          budget: spring-demo-small    | budget: spring-demo-main     | children[1].rewards[1].budget
          reward: cash-small\\n        bill_text | reward: cash-main\\n        bill_text | children[1].scenes[1].reward
          stage: INTERNAL              | stage: GREY                  | children[0].stage
          id: spring-demo-internal     | id: spring-demo-other        | children
          id: always                   | id: sometimes                | children[1].scenes
          total_fen: 1000000}          | total_fen: 1000001}          | budgets[1].total_fen
          rounds:\\n          - {rain_id: 1, | rounds:\\n          - {rain_id: 3, opens: 2027-01-01T10:00:00Z, closes: 2027-01-01T10:00:30Z}\\n          - {rain_id: 1, | children[1].scenes[0].rounds[0].closes
          """)
  void forbidden_change_isRefused(String text, String by, String path) {
    String document = Documents.with(nl(text), by == null ? "" : nl(by));
    assertThat(problems(document)).extracting(Problem::path).contains(path);
  }

  @Test
  void ids_takenByAnotherActivity_areRefused() {
    History taken =
        new History(
            Optional.empty(),
            Map.of("always", "autumn"),
            Map.of("spring-demo-official", "autumn"),
            Map.of(
                "spring-demo-main",
                new BudgetOnRecord("autumn", Campaign.Unit.FEN, 100_000_000, 100_000_000)));
    List<Problem> problems =
        CampaignDocument.readNext(Documents.GOOD, taken, Instant.parse("2026-12-01T00:00:00Z"))
            .problems();
    assertThat(problems)
        .extracting(Problem::path)
        .containsExactlyInAnyOrder("children[1].scenes[1].id", "children[1].id", "budgets[0].id");
    assertThat(problems).allSatisfy(problem -> assertThat(problem.line()).isPositive());
  }

  @Test
  void first_revision_withARoundThatIsOver_isRefused() {
    assertThat(
            CampaignDocument.readNext(
                    Documents.GOOD, History.EMPTY, Instant.parse("2027-01-01T12:00:30Z"))
                .problems())
        .extracting(Problem::path)
        .contains(
            "children[0].scenes[0].rounds[0].closes", "children[1].scenes[0].rounds[0].closes");
  }

  private static List<Problem> problems(String document) {
    return CampaignDocument.readNext(document, AFTER_GOOD, EFFECTIVE).problems();
  }

  private static String nl(String text) {
    return text.replace("\\n", "\n");
  }
}
