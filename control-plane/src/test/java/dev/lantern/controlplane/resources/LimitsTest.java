package dev.lantern.controlplane.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.controlplane.envoy.StaticEdge;
import dev.lantern.controlplane.policy.Rate;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LimitsTest {
  /// Any rate comes out exact over time, in fills no closer than Envoy allows.
  @ParameterizedTest
  @CsvSource({"1,1000", "3,1000", "30,1000", "99,1000", "120000,1000", "7,60000", "4,3600000"})
  void bucket_ofAnyRate_refillsExactly(long count, long perMillis) {
    var bucket = Limits.bucket(new Rate(count, Duration.ofMillis(perMillis)), 1_000_000);
    var fill = bucket.getFillInterval();
    double interval = fill.getSeconds() + fill.getNanos() / 1e9;
    double perSecond = bucket.getTokensPerFill().getValue() / interval;
    assertThat(perSecond).isBetween(count * 999.9999 / perMillis, count * 1000.0001 / perMillis);
    assertThat(interval).isGreaterThanOrEqualTo(0.05);
  }

  @Test
  void bucket_holdsATokenForTwiceTheGateways_howeverSmallTheBurst() {
    var limit = StaticEdge.grabLimit(1, Duration.ofSeconds(1), Duration.ofMillis(1));
    assertThat(Limits.maxTokens(limit, 4)).isEqualTo(8);
  }

  @Test
  void resource_ofTheSameRule_hasTheSameBytes_andOfAnotherFigureOthers() {
    var limit = StaticEdge.grabLimit(10, Duration.ofSeconds(1), Duration.ofSeconds(2));
    var other = StaticEdge.grabLimit(11, Duration.ofSeconds(1), Duration.ofSeconds(2));
    assertThat(Limits.resource(limit, 4).toByteString())
        .isEqualTo(Limits.resource(limit, 4).toByteString())
        .isNotEqualTo(Limits.resource(other, 4).toByteString());
  }

  @Test
  void untilDelivered_isTheSameWhateverTheFigures() {
    var limit = StaticEdge.grabLimit(10, Duration.ofSeconds(1), Duration.ofSeconds(2));
    var other = StaticEdge.grabLimit(11, Duration.ofHours(1), Duration.ofHours(2));
    assertThat(Limits.untilDelivered(limit)).isEqualTo(Limits.untilDelivered(other));
  }
}
