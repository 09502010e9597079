package dev.lantern.proving.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitProofReportTest {
  /// 100 a second, 20 at once.
  private static final LimitTally.Key KEY = new LimitTally.Key("leased", 100, 200);

  private static boolean good(long passed, long refused, long late, long unknown, double excess) {
    var result = new LimitTally.Result(KEY, passed, refused, late, unknown, excess);
    return new LimitProofReport(2, 1, Duration.ofSeconds(10), 10_000, List.of(result)).good();
  }

  @Test
  void limitThatHolds_andIsUsed_isGood() {
    assertThat(good(1_000, 3_000, 100, 10, 20)).isTrue();
  }

  @Test
  void windowThatIsOver_isNot() {
    assertThat(good(1_000, 3_000, 0, 0, 20.5)).isFalse();
  }

  @Test
  void limiterThatLetsHardlyAnythingThrough_showsNothing() {
    assertThat(good(500, 3_000, 0, 0, 5)).isTrue();
    assertThat(good(499, 3_000, 0, 0, 5)).isFalse();
  }

  @Test
  void limiterThatMostlyDoesNotDecide_showsNothing() {
    assertThat(good(1_000, 1_000, 500, 500, 20)).isTrue();
    assertThat(good(1_000, 1_000, 501, 500, 20)).isFalse();
  }
}
