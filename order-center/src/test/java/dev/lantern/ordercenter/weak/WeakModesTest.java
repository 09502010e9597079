package dev.lantern.ordercenter.weak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.ordercenter.budget.HandClock;
import dev.lantern.ordercenter.queue.LogName.Kind;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WeakModesTest {
  @ParameterizedTest
  @CsvSource({
    "false, true,  true,  true,  KAFKA",
    "false, true,  true,  false, KAFKA",
    "false, false, true,  true,  INBOX",
    "false, false, true,  false, INBOX",
    "false, true,  false, true,  INBOX",
    "false, true,  false, false, INBOX",
    "false, false, false, true,  INBOX",
    "false, false, false, false, DIRECT",
    "true,  true,  true,  true,  DIRECT",
    "true,  false, false, false, DIRECT",
  })
  void recordGoes_whereTheModesTableSays(
      boolean direct, boolean queue, boolean redis, boolean tokens, Kind kind) {
    assertThat(WeakModes.kind(direct, queue, redis, tokens)).isEqualTo(kind);
  }

  @Test
  void everyWeakDependency_isOffWithTheOneSwitch() {
    Set<OrderSwitch> off = EnumSet.of(OrderSwitch.WEAK);
    HandClock clock = new HandClock();
    var dependencies = new Dependencies(one -> !off.contains(one), BreakerTerms.STANDARD, clock);
    for (OrderSwitch one : OrderSwitch.values()) {
      if (one.isWeak()) {
        assertThat(dependencies.offBy(one)).contains(Dependencies.Source.OPERATOR);
      }
    }
    off.clear();
    assertThat(dependencies.uses(OrderSwitch.QUEUE)).isTrue();
  }

  @Test
  void breaker_switchesItsOwnDependencyOff_andBackWhenProbesAreGood() {
    HandClock clock = new HandClock();
    var dependencies = new Dependencies(_ -> true, BreakerTerms.STANDARD, clock);
    for (int i = 0; i < BreakerTerms.STANDARD.failures(); i++) {
      dependencies.failed(OrderSwitch.REDIS);
    }
    clock.advance(BreakerTerms.STANDARD.lasting());
    dependencies.failed(OrderSwitch.REDIS);
    assertThat(dependencies.offBy(OrderSwitch.REDIS)).contains(Dependencies.Source.BREAKER);
    assertThat(dependencies.uses(OrderSwitch.QUEUE)).isTrue();

    clock.advance(BreakerTerms.STANDARD.rest());
    dependencies.tick(
        OrderSwitch.REDIS,
        () -> {
          throw new IllegalStateException("still away");
        });
    clock.advance(BreakerTerms.STANDARD.rest());
    for (int i = 0; i < BreakerTerms.STANDARD.probes(); i++) {
      assertThat(dependencies.uses(OrderSwitch.REDIS)).isFalse();
      dependencies.tick(OrderSwitch.REDIS, () -> {});
    }
    assertThat(dependencies.uses(OrderSwitch.REDIS)).isTrue();
  }
}
