package dev.lantern.ordercenter.fund;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.order.v1.Stage;
import dev.lantern.ordercenter.settle.DailyCap;
import dev.lantern.ordercenter.settle.Given;
import dev.lantern.ordercenter.settle.RetryPolicy;
import dev.lantern.stores.sql.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CampaignLimitsTest {
  private static final Instant NOON = Instant.parse("2027-01-01T12:00:00Z");
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private final Revisions revisions = new Revisions();
  private final CampaignLimits limits = new CampaignLimits(revisions, ZONE);

  @Test
  void untilTheTreesAreRead_nothingIsJudged() {
    assertThatThrownBy(() -> limits.flaw(given(88).promise()))
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void amountOverTheScenesCap_isAFlaw() {
    revisions.add(1, NOON.minusSeconds(600), 200, 0);
    limits.poll();
    assertThat(limits.flaw(given(200).promise())).isEmpty();
    assertThat(limits.flaw(given(201).promise()))
        .hasValueSatisfying(why -> assertThat(why).startsWith("OVER_AMOUNT_CAP"));
  }

  @Test
  void capThatIsLoweredLater_parksNoPromiseOfBefore() {
    revisions.add(1, NOON.minusSeconds(600), 200, 0);
    revisions.add(2, NOON.plusSeconds(5), 100, 0);
    limits.poll();
    assertThat(limits.flaw(given(200).promise())).isEmpty();
    assertThat(limits.flaw(given(200).acceptedAt(NOON.plusSeconds(30)).promise())).isPresent();
  }

  @Test
  void sceneOfNoTree_isNotJudged() {
    limits.poll();
    assertThat(limits.flaw(given(1_000_000).promise())).isEmpty();
    assertThat(limits.dailyCap(given(88).promise())).isEmpty();
  }

  @Test
  void dailyCap_isOfTheDayInTheConfiguredZone() {
    revisions.add(1, NOON.minusSeconds(600), 200, 500);
    limits.poll();
    assertThat(limits.dailyCap(given(88).promise()))
        .contains(
            new DailyCap(
                new DailyCap.Day(given(88).actId(), LocalDate.of(2027, 1, 1), "spring"), 500));
    Given night = given(88).acceptedAt(Instant.parse("2027-01-01T16:00:00Z"));
    assertThat(limits.dailyCap(night.promise()).orElseThrow().day().date())
        .isEqualTo(LocalDate.of(2027, 1, 2));
  }

  @Test
  void templateAndThreshold_areTold() {
    revisions.add(1, NOON.minusSeconds(600), 200, 0);
    limits.poll();
    assertThat(limits.ofTemplate("t-1")).containsExactly("spring-main");
    assertThat(limits.ofTemplate("t-2")).isEmpty();
    assertThat(limits.thresholdPercent("spring-main")).isZero();
  }

  @Test
  void retryPolicy_isOfTheRevisionThatTheOrderWasAcceptedUnder() {
    revisions.add(1, NOON.minusSeconds(600), 200, 0, "{max_tries: 3, max_backoff_s: 5}");
    revisions.add(2, NOON.plusSeconds(60), 200, 0, "{max_tries: 9}");
    limits.poll();
    assertThat(policy("spring-official", "rain-a7f3", NOON))
        .contains(new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(5)));
    // Clocks differ: around a change the more patient one holds.
    assertThat(policy("spring-official", "rain-a7f3", NOON.plusSeconds(55)))
        .hasValueSatisfying(policy -> assertThat(policy.maxTries()).isEqualTo(9));
    assertThat(policy("spring-grey", "rain-a7f3", NOON)).isEmpty();
    assertThat(policy("spring-official", "no-such-scene", NOON)).isEmpty();
  }

  @Test
  void policyAndStage_untilTheTreesAreRead_areNotKnown() {
    revisions.add(1, NOON.minusSeconds(600), 200, 0, "{max_tries: 3}");
    assertThat(policy("spring-official", "rain-a7f3", NOON)).isEmpty();
    assertThat(limits.stage("spring", "spring-official")).isEmpty();
    limits.poll();
    assertThat(limits.stage("spring", "spring-official")).contains(Stage.STAGE_OFFICIAL);
    assertThat(limits.stage("spring", "spring-grey")).isEmpty();
  }

  private Optional<RetryPolicy> policy(String child, String scene, Instant at) {
    return limits.declared("spring", child, scene, at);
  }

  private static Given given(long fen) {
    return Given.of(1_001, fen, 7);
  }
}
