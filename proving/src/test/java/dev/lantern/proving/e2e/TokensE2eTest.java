package dev.lantern.proving.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.proving.Wiring;
import dev.lantern.proving.measure.BenchName;
import dev.lantern.proving.measure.BenchSize;
import dev.lantern.proving.measure.Comparison;
import dev.lantern.proving.tokens.TokenAudit;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What the running stack signs, measured, and audited afterwards.
@Tag("e2e")
@ExtendWith(SharedStack.Running.class)
class TokensE2eTest {
  private static final BenchSize TINY =
      new BenchSize(1, Duration.ofMillis(300), Duration.ZERO, 1, 1);

  @Test
  void signedTokens_areMeasured_andAllOfThemAreInTheLog() {
    List<Comparison> signed = run(BenchName.SIGN);
    List<Comparison> verified = run(BenchName.VERIFY);

    assertThat(signed).hasSize(7);
    assertThat(verified).hasSize(3);
    assertThat(signed).allSatisfy(it -> assertThat(it.errors()).isZero());
    assertThat(verified).allSatisfy(it -> assertThat(it.errors()).isZero());
    assertThat(signed).allSatisfy(it -> assertThat(it.ours()).isPositive());

    TokenAudit.Report trials = new TokenAudit(SharedStack.access(), true).run();
    assertThat(trials.held()).as("%s", trials).isTrue();
    assertThat(trials.unacknowledged()).isPositive();
    TokenAudit.Report live = new TokenAudit(SharedStack.access(), false).run();
    assertThat(live.held()).as("%s", live).isTrue();
  }

  private static List<Comparison> run(BenchName name) {
    return Wiring.benchmark(name, SharedStack.access(), SharedStack.progress(), TINY).run();
  }
}
