package dev.lantern.controlplane.resources;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.lantern.controlplane.policy.OnRefuse;
import dev.lantern.controlplane.policy.Rate;
import dev.lantern.controlplane.ratelimit.rule.LimitRule;
import dev.lantern.controlplane.ratelimit.rule.LimitRule.Layer;
import dev.lantern.controlplane.ratelimit.rule.Rules;
import io.envoyproxy.envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BackstopTest {
  private static LimitRule rule(long perSecond, boolean shadow) {
    return new LimitRule(
        "rain-grab-exact",
        4,
        Layer.GLOBAL,
        new Rate(perSecond, Duration.ofSeconds(1)),
        Duration.ofMillis(100),
        Duration.ZERO,
        List.of(),
        new OnRefuse(Duration.ofSeconds(2), Duration.ZERO, "too many"),
        shadow);
  }

  private static LocalRateLimit config(LimitRule rule) throws InvalidProtocolBufferException {
    return Backstop.resource(rule, "play.grab", 4).getTypedConfig().unpack(LocalRateLimit.class);
  }

  @Test
  void bucket_isTwiceTheLimit_dividedByTheLiveGateways() throws InvalidProtocolBufferException {
    LocalRateLimit config = config(rule(1_000, false));
    var bucket = config.getDescriptors(0).getTokenBucket();
    var fill = bucket.getFillInterval();

    assertThat(bucket.getTokensPerFill().getValue() / (fill.getSeconds() + fill.getNanos() / 1e9))
        .isEqualTo(2_000);
    assertThat(bucket.getMaxTokens()).isEqualTo(200);
    assertThat(config.hasLocalClusterRateLimit()).isTrue();
  }

  @Test
  void smallLimit_stillHoldsATokenForTwiceTheGateways() {
    assertThat(Backstop.tokens(rule(10, false), 4)).isEqualTo(8);
  }

  @Test
  void enforced_always_exceptInShadow() throws InvalidProtocolBufferException {
    assertThat(config(rule(1_000, false)).getFilterEnforced().getDefaultValue().getNumerator())
        .isEqualTo(100);
    assertThat(config(rule(1_000, true)).getFilterEnforced().getDefaultValue().getNumerator())
        .isZero();
  }

  @Test
  void stands_onlyWhereThereIsOneCountForAll() {
    assertThat(Backstop.stands(rule(1_000, false))).isTrue();
    assertThat(Backstop.stands(Rules.ofUser("u", 3))).isFalse();
  }
}
