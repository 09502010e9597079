package dev.lantern.proving.counter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.proving.counter.ProofReport.Counted;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReportsTest {
  private static final ProofOptions OPTIONS = new ProofOptions(100, 2, 30, 10, 1);

  @ParameterizedTest
  @CsvSource({"100, 0, 0", "105, 0, 0", "99, 0, -1", "106, 0, 1", "95, 5, -5"})
  void drift_isTheDistanceFromWhatMayBeTrue(long value, long bound, long drift) {
    Counted counted = counted(List.of(100L, value), bound);

    assertThat(counted.drift()).isEqualTo(drift);
    assertThat(counted.good()).isEqualTo(drift == 0 || bound == -drift);
  }

  @Test
  void aboveTheTruth_isNeverGood_whateverMayBeLost() {
    assertThat(counted(List.of(106L), 50).good()).isFalse();
  }

  @Test
  void proof_isGood_onlyIfNothingWentBackOrDiffers_andEnoughWasDone() {
    assertThat(report(100, 0, 2, 0).good()).isTrue();
    assertThat(report(99, 0, 2, 0).good()).isFalse();
    assertThat(report(100, 1, 2, 0).good()).isFalse();
    assertThat(report(100, 0, 1, 0).good()).isFalse();
    assertThat(report(100, 0, 2, 1).good()).isFalse();
  }

  @Test
  void ramp_isJudgedByItsTail() {
    var errors = new double[1_000];
    errors[0] = 0.5;
    var options = new RampOptions(6, 1, 0, 1);
    assertThat(RampReport.of(options, errors.clone(), errors.clone(), errors, 0, 1).good())
        .isFalse();
    errors = new double[2_000];
    errors[7] = 0.5;
    assertThat(RampReport.of(options, errors.clone(), errors.clone(), errors, 0, 1).good())
        .isTrue();
    assertThat(RampReport.of(options, errors.clone(), errors.clone(), errors, 1, 1).good())
        .isFalse();
  }

  private static Counted counted(List<Long> value, long bound) {
    return new Counted("proof.safe", true, 1, 100, 105, value, bound);
  }

  private static ProofReport report(long reads, long backward, int switches, long drift) {
    return new ProofReport(
        OPTIONS,
        1,
        reads,
        1,
        0,
        backward,
        switches,
        0,
        0,
        0,
        drift,
        List.of(counted(List.of(100L), 0)));
  }
}
