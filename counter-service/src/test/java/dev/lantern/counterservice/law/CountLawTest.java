package dev.lantern.counterservice.law;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class CountLawTest {
  private static final int SEEDS = 300;

  @Test
  void everySchedule_keepsTheLaw() {
    assertThat(broken(Rules.ALL)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "ALL")
  void aRuleTakenAway_isCaughtBySomeSchedule(Rules rules) {
    assertThat(broken(rules)).isPresent();
  }

  private static Optional<String> broken(Rules rules) {
    return LongStream.rangeClosed(1, SEEDS)
        .mapToObj(seed -> new CountRun(seed, rules).play())
        .flatMap(Optional::stream)
        .findFirst();
  }
}
