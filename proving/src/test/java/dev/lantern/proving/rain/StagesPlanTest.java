package dev.lantern.proving.rain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.ordercenter.campaign.CampaignDocument;
import dev.lantern.ordercenter.campaign.History;
import dev.lantern.proving.clientlog.RunRecord;
import dev.lantern.proving.stages.StageOracle;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StagesPlanTest {
  private static final Instant NOW = Instant.parse("2027-01-01T12:00:00.123456789Z");
  private final StagesPlan plan =
      StagesPlan.of(
          RainOptions.of(300, 3, 1), "rain-abc", NOW, List.of(1L, 2L), List.of(1L, 2L, 4L));

  @Test
  void document_isTakenByTheReaderThatServes() {
    CampaignDocument read =
        CampaignDocument.readNext(plan.document(), History.EMPTY, NOW.plusSeconds(11));
    assertThat(read.problems()).isEmpty();
    assertThat(read.campaign()).isPresent();
  }

  @Test
  void record_declaresWhatTheTreeSays() {
    StageOracle oracle = StageOracle.of(plan.document());
    RunRecord record = plan.record("birth", NOW);
    for (RunRecord.Scene scene : record.scenes()) {
      for (RunRecord.Round round : scene.rounds()) {
        assertThat(oracle.resolve(scene.sceneId(), round.rainId(), Instant.parse(round.opens())))
            .hasValueSatisfying(child -> {
              assertThat(child.id()).isEqualTo(scene.childId());
              assertThat(child.name())
                  .isEqualTo(record.child(scene.childId()).orElseThrow().stage());
              assertThat(child.guests())
                  .containsExactlyInAnyOrderElementsOf(
                      record.child(scene.childId()).orElseThrow().allowList());
            });
      }
    }
  }

  @Test
  void sceneWithoutRounds_changesItsChildAtTheBorder_toTheMicrosecond() {
    StageOracle oracle = StageOracle.of(plan.document());
    for (Instant at : List.of(plan.changeOver(), plan.changeOver().minusNanos(1_000))) {
      assertThat(oracle.resolve(plan.timedScene(), 0, at).orElseThrow().id())
          .isEqualTo(plan.timedChild(at));
    }
    assertThat(plan.timedChild(plan.changeOver())).endsWith("-official");
    assertThat(plan.timedChild(plan.changeOver().minusNanos(1_000))).endsWith("-grey");
  }

  @Test
  void logs_tellTheScenesOfBothStagesApart() {
    RunRecord record = plan.record("birth", NOW);
    String scene = plan.timedScene();
    assertThat(record.scene(scene, "1_" + scene + "_0_1_2").orElseThrow().childId())
        .endsWith("-grey");
    assertThat(record.scene(scene, "1_" + scene + "_0_1_3").orElseThrow().childId())
        .endsWith("-official");
    assertThat(record.scene(scene, "1_" + scene + "_0_1_1")).isEmpty();
  }
}
