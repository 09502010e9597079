package dev.lantern.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class TokenAttackTest {

  @Test
  void mutants_areRefused_andGoodOnesAreNot() {
    var result = TokenAttack.run(60_000, 7, new SecureRandom());

    assertThat(result.samples()).isEmpty();
    assertThat(result.held()).isTrue();
    assertThat(result.presented()).isEqualTo(60_000);
    assertThat(result.goodPresented()).isGreaterThan(300);
    assertThat(result.refused()).hasSize(TokenMutant.values().length);
    assertThat(result.refused().values().stream().flatMap(it -> it.keySet().stream()))
        .contains(
            "UNKNOWN_KEY",
            "WRONG_PURPOSE",
            "BAD_SIGNATURE",
            "MALFORMED",
            "WRONG_USER",
            "WRONG_ACTIVITY",
            "NOT_OPEN");
  }
}
