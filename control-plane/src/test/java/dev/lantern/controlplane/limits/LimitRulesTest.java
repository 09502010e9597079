package dev.lantern.controlplane.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.controlplane.policy.About;
import dev.lantern.controlplane.policy.OnRefuse;
import dev.lantern.controlplane.policy.Origin;
import dev.lantern.controlplane.policy.Policy;
import dev.lantern.controlplane.policy.Rate;
import dev.lantern.controlplane.policy.Rule;
import dev.lantern.controlplane.policy.Sharing;
import dev.lantern.controlplane.policy.Target;
import dev.lantern.controlplane.ratelimit.rule.LimitRule;
import dev.lantern.controlplane.ratelimit.rule.RuleSet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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
  void rulesOfAPolicy_areThoseThatNoGatewayCountsByItself() {
    List<LimitRule> rules =
        LimitRules.of(
            new Policy(
                List.of(
                    limit("divided", Sharing.DIVIDED),
                    limit("exact", Sharing.EXACT),
                    limit("by-caller", Sharing.BY_CALLER),
                    new Rule.Frequency(
                        About.of("often", ORIGIN),
                        Target.route("play.grab"),
                        false,
                        new Rate(3, Duration.ofMinutes(1)),
                        3,
                        LATER))));

    assertThat(rules.stream().map(LimitRule::id)).containsExactly("exact", "by-caller", "often");
    assertThat(rules.stream().map(LimitRule::parts))
        .containsExactly(List.of(), List.of("caller"), List.of("ip"));
  }

  @Test
  void limitThatHoldsNoHit_isSaidToBeUncountable() {
    var none =
        new Rule.RateLimit(
            About.of("none", ORIGIN),
            Target.route("play.grab"),
            new Rate(1, Duration.ofSeconds(1)),
            Duration.ofMillis(1),
            Sharing.EXACT,
            Optional.empty(),
            LATER);

    assertThat(LimitRules.uncountable(none)).isPresent();
    assertThat(LimitRules.uncountable(limit("exact", Sharing.EXACT))).isEmpty();
  }

  @Test
  void moreLimitsThanALimiterRuns_areSaidToBeNoSet() {
    List<Rule> many =
        IntStream.rangeClosed(0, RuleSet.MOST)
            .mapToObj(i -> limit("g" + i, Sharing.EXACT))
            .toList();

    assertThat(LimitRules.noSet(new Policy(many))).isPresent();
    assertThat(LimitRules.noSet(new Policy(many.subList(0, RuleSet.MOST)))).isEmpty();
  }

  private static Rule limit(String id, Sharing sharing) {
    return new Rule.RateLimit(
        About.of(id, ORIGIN),
        Target.route("play.grab"),
        new Rate(1_000, Duration.ofSeconds(1)),
        Duration.ofMillis(100),
        sharing,
        Optional.empty(),
        LATER);
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
