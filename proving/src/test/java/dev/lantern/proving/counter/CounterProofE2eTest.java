package dev.lantern.proving.counter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.cli.stack.port.FreePorts;
import dev.lantern.proving.rain.ConsoleProgress;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The proof that `lantern counter prove` makes, of a few switches.
@Tag("e2e")
class CounterProofE2eTest {
  @TempDir Path home;

  @Test
  void counters_switchedAndKilledUnderLostReplies_neverGoBack_andEndExact() {
    ProofReport report =
        CounterProof.run(
            home,
            Path.of(System.getProperty("lantern.checkout", ".")).toAbsolutePath().normalize(),
            FreePorts.base(),
            new ProofOptions(1_000_000, 2, 30, 5_000, 1),
            new ConsoleProgress(new PrintStream(System.out, true, StandardCharsets.UTF_8), false));

    assertThat(report.backward()).isZero();
    assertThat(report.redisDrift()).isZero();
    assertThat(report.counters()).allSatisfy(counter -> assertThat(counter.good()).isTrue());
    assertThat(report.good()).isTrue();
  }
}
