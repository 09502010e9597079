package dev.lantern.proving.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.proving.Wiring;
import dev.lantern.proving.chaos.Chaos.ChaosOptions;
import dev.lantern.proving.chaos.ChaosCase;
import dev.lantern.proving.chaos.ChaosReport;
import dev.lantern.proving.chaos.Fault;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Three of the cases that `lantern chaos order-center` plays, a minute each.
@Tag("e2e")
@ExtendWith(SharedStack.Running.class)
final class ChaosE2eTest {
  @Test
  void settleFrozenInsideItsTransaction_freesItsLocks() {
    ChaosReport.Result result = run("settle", Fault.FREEZE);
    assertRecovered(result);
    assertThat(result.rolledBackS()).isBetween(0.0, 8.0);
  }

  @Test
  void apiFrozenLongerThanItsLease_doesNotBreakTheCap() {
    ChaosReport.Result result = run("api", Fault.FREEZE);
    assertRecovered(result);
  }

  @Test
  void redisOfTokensKilled_showsNoWalletTooLow_andLosesNothing() {
    ChaosReport.Result result = run("redis-a", Fault.KILL);
    assertRecovered(result);
  }

  private static ChaosReport.Result run(String target, Fault fault) {
    ChaosCase one =
        ChaosCase.of(List.of(target)).stream()
            .filter(c -> c.fault() == fault)
            .findFirst()
            .orElseThrow();
    return Wiring.chaos(SharedStack.access(), SharedStack.progress())
        .run(one, new ChaosOptions(List.of(one), 200, 1, 7));
  }

  private static void assertRecovered(ChaosReport.Result result) {
    assertThat(result.problem()).isEmpty();
    assertThat(result.findings()).isEmpty();
    assertThat(result.acknowledged()).isPositive().isEqualTo(result.booked() + result.parked());
    assertThat(result.recoveryS()).isNotNegative();
    assertThat(result.good()).isTrue();
  }
}
