package dev.lantern.controlplane.ratelimit.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LimitKeyTest {
  @Test
  void valuesThatRunTogether_areDifferentKeys() {
    assertThat(LimitKey.of("r", List.of("a", "b|1:c")))
        .isNotEqualTo(LimitKey.of("r", List.of("a|1:b", "c")));
    assertThat(LimitKey.of("r", List.of("ab", "c")))
        .isNotEqualTo(LimitKey.of("r", List.of("a", "bc")));
  }

  @Test
  void longValues_makeShortKeys_thatDiffer() {
    String one = LimitKey.of("r", List.of("x".repeat(5_000) + "1"));
    String other = LimitKey.of("r", List.of("x".repeat(5_000) + "2"));

    assertThat(one).hasSizeLessThan(200).isNotEqualTo(other);
    assertThat(LimitKey.of("r", List.of("x".repeat(5_000) + "1"))).isEqualTo(one);
  }

  @Test
  void ruleWithoutParts_isItsOwnKey() {
    assertThat(LimitKey.of("rain-grab-total", List.of())).isEqualTo("rain-grab-total");
  }
}
