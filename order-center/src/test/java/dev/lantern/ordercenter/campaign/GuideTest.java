package dev.lantern.ordercenter.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.order.v1.AwardType;
import dev.lantern.ordercenter.campaign.Compensation.Fallback;
import dev.lantern.ordercenter.campaign.Compensation.Retry;
import dev.lantern.ordercenter.campaign.Scene.Settlement;
import dev.lantern.ordercenter.order.Fen;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// What `docs/campaigns.md` shows holds together, and is read as it says.
final class GuideTest {
  @Test
  void documented_tree_holdsTogether() {
    assertThat(Guide.problems(Guide.document())).isEmpty();
  }

  @Test
  void documented_settings_areRead() {
    Child official = Guide.tree().child("spring-2027-official").orElseThrow();
    Scene rain = official.scene("rain").orElseThrow();
    assertThat(rain.dailyCap()).isEqualTo(new Fen(50_000));
    assertThat(rain.ratePerSecond()).isEqualTo(OptionalInt.of(200_000));
    assertThat(rain.compensation().retry()).isEqualTo(Retry.STANDARD);
    assertThat(official.scene("videos").orElseThrow().settlement()).isEqualTo(Settlement.DIRECT);
    assertThat(official.scene("cinema").orElseThrow().compensation())
        .isEqualTo(
            new Compensation(
                0,
                new Fallback.OtherReward("luck"),
                new Retry(20, Duration.ofSeconds(1), Duration.ofSeconds(600))));

    Reward ticket = official.reward("ticket").orElseThrow();
    assertThat(ticket.downstream()).contains("cinema");
    assertThat(ticket.amount()).isEmpty();
    assertThat(ticket.mostUnits()).isEqualTo(1);
    assertThat(official.reward("drink").orElseThrow().budgetId()).isEqualTo(Optional.empty());
    assertThat(official.reward("subsidy").orElseThrow().isMoney()).isTrue();
  }

  @Test
  void documented_budgets_countFenOrItems() {
    assertThat(Guide.tree().budgets())
        .contains(
            new Campaign.Budget("spring-2027-cash", Campaign.Unit.FEN, 500_000_000),
            new Campaign.Budget("spring-2027-tickets", Campaign.Unit.ITEMS, 3_000));
  }

  @Test
  void every_awardType_isDocumented_andARewardOfAnyIsRead() {
    assertThat(RewardReader.AWARD_TYPES).hasSize(13);
    for (String name : RewardReader.AWARD_TYPES.keySet()) {
      assertThat(Guide.page()).contains(name);
      AwardType type = RewardReader.AWARD_TYPES.get(name);
      String document =
          Reward.isMoney(type)
              ? Guide.document().replace("VIDEO_SUBSIDY_RED_PACKET", name)
              : Guide.document().replace("DRINK_COUPON", name);
      assertThat(Guide.problems(document)).as(name).isEmpty();
    }
  }

  @Test
  void every_key_isDocumented() {
    assertThat(RewardReader.KEYS).allSatisfy(key -> assertThat(Guide.page()).contains(key));
    assertThat(SceneReader.KEYS).allSatisfy(key -> assertThat(Guide.page()).contains(key));
  }
}
