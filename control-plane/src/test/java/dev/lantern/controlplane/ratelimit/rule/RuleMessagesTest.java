package dev.lantern.controlplane.ratelimit.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lantern.controlplane.policy.OnRefuse;
import dev.lantern.mesh.v1.LimitLayer;
import dev.lantern.mesh.v1.WatchLimitsResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleMessagesTest {
  @Test
  void whatIsTold_isReadTheSame() {
    List<LimitRule> rules =
        List.of(Rules.global("g", 10), Rules.ofUser("u", 3), Rules.shadow("s", 1));

    assertThat(RuleMessages.read(RuleMessages.told(9, rules))).isEqualTo(RuleSet.of(9, rules));
  }

  @Test
  void ruleThatNobodyShouldComeBackFor_isToldWithoutATime() {
    LimitRule rule = Rules.global("g", 10);
    var never =
        new LimitRule(
            rule.id(),
            rule.revision(),
            rule.layer(),
            rule.rate(),
            rule.burst(),
            rule.lease(),
            rule.parts(),
            new OnRefuse(false, Duration.ZERO, Duration.ZERO, "closed"),
            rule.shadow());
    WatchLimitsResponse told = RuleMessages.told(1, List.of(never));

    assertThat(told.getRules(0).hasRetryAfter()).isFalse();
    assertThat(RuleMessages.read(told)).isEqualTo(RuleSet.of(1, List.of(never)));
  }

  @Test
  void ruleWithoutALayer_isRefused() {
    WatchLimitsResponse told = RuleMessages.told(1, List.of(Rules.global("g", 10)));
    var spoilt = told.toBuilder();
    spoilt.getRulesBuilder(0).setLayer(LimitLayer.LIMIT_LAYER_UNSPECIFIED);

    assertThatIllegalArgumentException().isThrownBy(() -> RuleMessages.read(spoilt.build()));
  }

  @Test
  void twoRulesOfOneName_areRefused() {
    WatchLimitsResponse told =
        RuleMessages.told(1, List.of(Rules.global("g", 10), Rules.global("g", 11)));

    assertThatIllegalArgumentException().isThrownBy(() -> RuleMessages.read(told));
  }

  /// Or it would be replaced by what warming up is decided by.
  @Test
  void nameOfTheLimitersOwn_isRefused() {
    WatchLimitsResponse told =
        RuleMessages.told(1, List.of(Rules.global("lantern.warm-up.hot", 10)));

    assertThatIllegalArgumentException().isThrownBy(() -> RuleMessages.read(told));
  }

  @Test
  void rateOfNothing_isRefused() {
    WatchLimitsResponse told = RuleMessages.told(1, List.of(Rules.global("g", 10)));
    var spoilt = told.toBuilder();
    spoilt.getRulesBuilder(0).setCount(0);

    assertThatIllegalArgumentException().isThrownBy(() -> RuleMessages.read(spoilt.build()));
  }
}
