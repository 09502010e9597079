package dev.lantern.controlplane.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.controlplane.policy.OnRefuse;
import dev.lantern.controlplane.policy.Origin;
import dev.lantern.controlplane.policy.Rate;
import dev.lantern.controlplane.ratelimit.rule.LimitRule;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitRulesTest {
  private static final Origin ORIGIN = new Origin("limits.yaml", 3, 12);
  private static final OnRefuse LATER =
      new OnRefuse(Duration.ofSeconds(2), Duration.ZERO, "too many");

  private static LimitRule global(long perSecond, Duration burst) {
    return LimitRules.global(
        "g", ORIGIN, List.of(), new Rate(perSecond, Duration.ofSeconds(1)), burst, LATER, false);
  }

  @Test
  void busyGlobalLimit_isLeasedForHalfItsBurst() {
    LimitRule rule = global(120_000, Duration.ofMillis(80));

    assertThat(rule.lease()).isEqualTo(Duration.ofMillis(40));
    assertThat(rule.meter().hits()).isEqualTo(4_800);
    assertThat(rule.revision()).isEqualTo(12);
  }

  @Test
  void lease_isNeverLongerThanFiftyMilliseconds() {
    assertThat(global(120_000, Duration.ofSeconds(2)).lease()).isEqualTo(Duration.ofMillis(50));
  }

  @Test
  void limitTooSmallForLeases_isExactAtEveryCall() {
    assertThat(global(100, Duration.ofMillis(100)).lease()).isZero();
    assertThat(global(100, Duration.ofMillis(100)).meter().hits()).isEqualTo(10);
  }

  @Test
  void frequency_holdsItsBurstOfHits() {
    LimitRule rule =
        LimitRules.frequency(
            "u", ORIGIN, "user", new Rate(7, Duration.ofMinutes(1)), 3, LATER, true);

    assertThat(rule.meter().hits()).isEqualTo(3);
    assertThat(rule.layer()).isEqualTo(LimitRule.Layer.FREQUENCY);
    assertThat(rule.parts()).containsExactly("user");
    assertThat(rule.shadow()).isTrue();
  }
}
