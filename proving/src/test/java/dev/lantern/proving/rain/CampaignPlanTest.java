package dev.lantern.proving.rain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.ordercenter.campaign.CampaignDocument;
import dev.lantern.ordercenter.campaign.History;
import dev.lantern.proving.clientlog.RunRecord;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CampaignPlanTest {
  private static final Instant NOW = Instant.parse("2027-01-01T12:00:00.123456789Z");

  @ParameterizedTest
  @CsvSource({
    "300,1,0,10,0",
    "2000,3,0,10,0",
    "300,2,5000,0,88",
    "300,2,5000,10,88",
    "50,2,200,100,1"
  })
  void document_isTakenByTheReaderThatServes(
      int users, int rounds, long budget, int threshold, long fixed) {
    RainOptions options = RainOptions.of(users, rounds, 1).withBudget(budget, threshold, fixed);
    CampaignPlan plan = CampaignPlan.of(options, "rain-abc", NOW, List.of(1L, 2L));
    CampaignDocument read =
        CampaignDocument.readNext(CampaignYaml.of(plan), History.EMPTY, NOW.plusSeconds(11));
    assertThat(read.problems()).isEmpty();
    assertThat(read.campaign()).isPresent();
  }

  @Test
  void record_declaresEveryRoundOfThePlan() {
    CampaignPlan plan = CampaignPlan.of(RainOptions.of(300, 3, 1), "rain-abc", NOW, List.of(1L));
    RunRecord record = plan.record("birth", NOW);
    assertThat(
            record.scenes().stream()
                .flatMap(s -> s.rounds().stream().map(r -> s.sceneId() + r.rainId()))
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder("rain-abc-in1", "rain-abc-a1", "rain-abc-b2", "rain-abc-a3");
  }

  @Test
  void rounds_followEachOther_andTheFirstOpensAfterTheRevisionTakesEffect() {
    CampaignPlan plan = CampaignPlan.of(RainOptions.of(300, 3, 1), "rain-abc", NOW, List.of(1L));
    assertThat(plan.rounds().getFirst().opens()).isAfter(NOW.plusSeconds(10));
    for (int i = 1; i < plan.rounds().size(); i++) {
      assertThat(plan.rounds().get(i).opens()).isAfter(plan.rounds().get(i - 1).closes());
    }
  }
}
