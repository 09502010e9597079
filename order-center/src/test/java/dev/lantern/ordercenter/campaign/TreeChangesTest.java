package dev.lantern.ordercenter.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.ordercenter.campaign.History.BudgetOnRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The documented tree is in effect; what the next revision may and may not change of it. Each row:
/// when it takes effect, text, replacement of its first occurrence, path of the problem (none: it
/// may).
final class TreeChangesTest {
  private static final String ID = "spring-2027";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          2027-02-02T00:00:00Z | downstream: cinema   | downstream: theatre  | children[2].rewards[3].downstream
          2027-02-02T00:00:00Z | template_id: t-200   | template_id: t-300   | children[2].rewards[3].template_id
          2027-02-02T00:00:00Z | amount: {fixed_fen: 88} | amount: {fixed_fen: 87} | children[1].rewards[0].amount
          2027-02-02T00:00:00Z | title: "A cinema ticket" | title: "Two" |
          2027-02-02T00:00:00Z | settlement: DIRECT   | settlement: TOKEN    |
          2027-02-02T00:00:00Z | max_tries: 20        | max_tries: 21        |
          2027-02-02T00:00:00Z | single_amount_cap_fen: 20000 | single_amount_cap_fen: 888 |
          2027-02-02T00:00:00Z | fallback: {reward: luck}} | fallback: {message: "Soon"}} |
          2027-02-02T00:00:00Z | total_fen: 2000000   | total_fen: 3000000    |
          2027-02-02T00:00:00Z | total_fen: 2000000   | total_fen: 4000000    | budgets[1].total_fen
          2027-02-02T00:00:00Z | total_items: 3000    | total_items: 3001     | budgets[3].total_items
          2027-02-02T00:00:00Z | id: tea              | id: coffee            | children[2].scenes
          2027-02-02T00:00:00Z | rain_id: 11          | rain_id: 12           | children[2].scenes[0].rounds
          2027-02-02T00:00:00Z | id: spring-2027-grey | id: spring-2027-gray  | children
          2027-02-05T12:00:10Z | closes: 2027-02-05T12:00:30Z | closes: 2027-02-05T12:00:10Z |
          2027-02-05T12:00:10Z | closes: 2027-02-05T12:00:30Z | closes: 2027-02-05T12:00:09Z | children[2].scenes[0].rounds[0].closes
          2027-02-02T00:00:00Z | {percentage: 5}      | {percentage: 6}       |
          2027-02-02T00:00:00Z | {percentage: 5}      | {percentage: 4}       | children[1].audience
          2027-02-02T00:00:00Z | [1001, 1002, 1003]   | [1001, 1003]          |
          2027-01-30T12:00:20Z | [1001, 1002, 1003]   | [1001, 1003]          | children[0].audience
          2027-01-30T12:01:29Z | [1001, 1002, 1003]   | [1001, 1003]          | children[0].audience
          2027-01-30T12:01:30Z | [1001, 1002, 1003]   | [1001, 1003]          |
          2027-01-30T12:00:20Z | [1001, 1002, 1003]   | [1001, 1002, 1003, 4] |
          2027-02-02T00:00:00Z | opens: 2027-02-01T00:00:00Z | opens: 2027-02-01T00:00:01Z | children[1].opens
          2027-02-02T00:00:00Z | opens: 2027-01-25T00:00:00Z | opens: 2027-01-26T00:00:00Z |
          """)
  void changed_tree_isJudged(Instant effectiveAt, String text, String by, String path) {
    List<Problem> problems = problems(Guide.with(text, by), effectiveAt);
    if (path == null) {
      assertThat(problems).isEmpty();
    } else {
      assertThat(problems).as("%s", problems).extracting(Problem::path).contains(path);
      assertThat(problems).allSatisfy(problem -> assertThat(problem.line()).isPositive());
      assertThat(problems).allSatisfy(problem -> assertThat(problem.remedy()).isNotBlank());
    }
  }

  /// Changed everywhere, so that the tree still holds together by itself.
  @Test
  void kindsAndRewards_inEffect_stay() {
    Instant soon = Instant.parse("2027-02-02T00:00:00Z");
    String renamed =
        Guide.document()
            .replace("id: luck", "id: chance")
            .replace("reward: luck", "reward: chance");
    assertThat(problems(renamed, soon))
        .extracting(Problem::path)
        .containsExactlyInAnyOrder("children[2].rewards", "children[2].scenes[1].reward");
    String another = Guide.document().replace("CINEMA_TICKET", "DRINK_COUPON");
    assertThat(problems(another, soon))
        .extracting(Problem::path)
        .containsExactlyInAnyOrder(
            "children[2].rewards[3].award_type", "children[2].scenes[3].award_type");
  }

  /// The border between GREY and OFFICIAL, both with a scene without rounds: effective, border.
  @ParameterizedTest
  @CsvSource({
    "2027-02-04T00:00:00Z, 2027-02-04T12:00:00Z, true",
    "2027-02-04T00:00:00Z, 2027-02-06T12:00:00Z, false", // Round 10 would be outside its child.
    "2027-02-04T00:00:00Z, 2027-02-05T06:00:00Z, true",
    "2027-02-04T00:00:00Z, 2027-02-04T00:01:00Z, true",
    "2027-02-04T00:00:00Z, 2027-02-04T00:00:59Z, false",
    "2027-02-04T23:59:00Z, 2027-02-05T06:00:00Z, true",
    "2027-02-04T23:59:01Z, 2027-02-05T06:00:00Z, false",
  })
  void border_movesWhereNoRetryCanTell(Instant effectiveAt, String border, boolean allowed) {
    String moved = Guide.document().replace("2027-02-05T00:00:00Z", border);
    assertThat(problems(moved, effectiveAt).isEmpty()).isEqualTo(allowed);
  }

  @Test
  void new_parts_mustBeOfUse() {
    Instant soon = Instant.parse("2027-02-02T00:00:00Z");
    String unusedReward =
        Guide.with(
            "      - {id: drink,",
            "      - {id: spare, template_id: t, award_type: CULTURE_COUPON, title: x,"
                + " downstream: y}\n      - {id: drink,");
    assertThat(problems(unusedReward, soon))
        .extracting(Problem::path)
        .containsExactly("children[2].rewards[4].id");
    String unusedBudget = Guide.with("budgets:\n", "budgets:\n  - {id: spare, total_fen: 1}\n");
    assertThat(problems(unusedBudget, soon))
        .extracting(Problem::path)
        .containsExactly("budgets[0].id");
    String nobody = Guide.with("{percentage: 5}", "{percentage: 0}");
    assertThat(Guide.problems(nobody))
        .extracting(Problem::path)
        .containsExactly("children[1].audience.percentage");
    assertThat(
            CampaignDocument.readNext(
                    Guide.document(), History.EMPTY, Instant.parse("2027-02-05T00:00:00Z"))
                .problems())
        .extracting(Problem::path)
        .containsExactlyInAnyOrder(
            "children[0].scenes[0].rounds[0].closes",
            "children[1].scenes[0].rounds[0].closes",
            "children[1].scenes[1].id");
  }

  @Test
  void what_wasOfUseOnce_mayStay() {
    String withoutLuck =
        Guide.with("fallback: {reward: luck}}", "fallback: {message: \"Soon\"}}")
            .replace("fallback: {reward: luck}", "fallback: {message: \"Soon\"}")
            .replace("        single_amount_cap_fen: 1\n        rounds", "        rounds");
    assertThat(problems(withoutLuck, Instant.parse("2027-02-02T00:00:00Z"))).isEmpty();
  }

  private static List<Problem> problems(String document, Instant effectiveAt) {
    return CampaignDocument.readNext(document, history(), effectiveAt).problems();
  }

  private static History history() {
    Campaign tree = Guide.tree();
    Map<String, BudgetOnRecord> budgets = new HashMap<>();
    for (Campaign.Budget budget : tree.budgets()) {
      long adjusted = budget.id().equals("spring-2027-luck") ? 3_000_000 : budget.total();
      budgets.put(budget.id(), new BudgetOnRecord(ID, budget.unit(), budget.total(), adjusted));
    }
    Map<String, String> children =
        tree.children().stream().collect(Collectors.toMap(Child::id, _ -> ID));
    Map<String, String> scenes =
        tree.children().stream()
            .flatMap(child -> child.scenes().stream())
            .map(Scene::id)
            .distinct()
            .collect(Collectors.toMap(id -> id, _ -> ID));
    return new History(Optional.of(tree), scenes, children, budgets);
  }
}
