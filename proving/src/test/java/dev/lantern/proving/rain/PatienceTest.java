package dev.lantern.proving.rain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.proving.clientlog.Told;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PatienceTest {
  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void refusal_thatSaysWhen_isObeyedAndNotExceededMuch() {
    for (int attempt = 1; attempt < 10; attempt++) {
      OptionalLong wait = Patience.beforeAttempt(attempt, refused(1_000L, null, null), random);
      assertThat(wait.orElseThrow()).isBetween(1_000L, 2_000L);
    }
  }

  @Test
  void refusal_withPushbackMinusOne_isFinal() {
    assertThat(Patience.beforeAttempt(1, refused(1_000L, -1L, null), random)).isEmpty();
  }

  @Test
  void refusal_thatDoesNotSayWhen_isFinal() {
    assertThat(Patience.beforeAttempt(1, refused(null, null, null), random)).isEmpty();
  }

  @Test
  void refusal_withARetryAfterHeaderAlone_isObeyed() {
    long wait = Patience.beforeAttempt(1, refused(null, null, 2L), random).orElseThrow();
    assertThat(wait).isBetween(2_000L, 2_500L);
  }

  @Test
  void lostAnswer_isAskedForAgain_untilPatienceEnds() {
    var lost = new Told.Lost("x");
    assertThat(Patience.beforeAttempt(1, lost, random).orElseThrow()).isBetween(100L, 2_000L);
    assertThat(Patience.beforeAttempt(Patience.MAX_ATTEMPTS, lost, random)).isEmpty();
  }

  private static Told refused(
      @Nullable Long retryMs, @Nullable Long pushbackMs, @Nullable Long retryAfterS) {
    return new Told.Refused(
        "X", 0, "LIMITED", "lantern", "edge", "r", "", retryMs, pushbackMs, retryAfterS);
  }
}
