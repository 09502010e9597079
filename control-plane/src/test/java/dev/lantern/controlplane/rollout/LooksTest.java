package dev.lantern.controlplane.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Refused;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LooksTest {
  private final Looks looks = new Looks(Duration.ZERO);

  @Test
  void look_beyondTheirNumber_isRefused() {
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(() -> within(Looks.AT_ONCE + 1))
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.REASON_LIMITED));
  }

  @Test
  void look_thatHasEnded_makesRoom_howeverItEnded() {
    assertThatExceptionOfType(Refused.class).isThrownBy(() -> within(Looks.AT_ONCE + 1));
    assertThat(within(Looks.AT_ONCE)).isZero();
  }

  /// So many looks, each within the one before.
  private int within(int deep) {
    return deep == 0 ? 0 : looks.at(() -> within(deep - 1));
  }
}
