package dev.lantern.proving.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lantern.proving.measure.AnyWindow.Passed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AnyWindowTest {
  private static final long MILLI = 1_000_000;

  @Test
  void callsAtTheRate_exceedItByOne() {
    List<Passed> calls = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      calls.add(new Passed(i * MILLI, i * MILLI));
    }
    assertThat(AnyWindow.excess(calls, 1_000)).isCloseTo(1, within(1e-6));
  }

  @Test
  void burstInTheMiddle_isFound() {
    List<Passed> calls = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      calls.add(new Passed(i * MILLI, i * MILLI));
    }
    for (int i = 0; i < 50; i++) {
      calls.add(new Passed(40 * MILLI, 40 * MILLI));
    }
    assertThat(AnyWindow.excess(calls, 1_000)).isCloseTo(51, within(1e-6));
  }

  /// A call that was under way at the border of a window may have been decided outside it.
  @Test
  void callsThatReachOut_areNotCounted() {
    List<Passed> calls = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      calls.add(new Passed(0, 50 * MILLI));
    }
    assertThat(AnyWindow.excess(calls, 1_000)).isCloseTo(0, within(1e-6));
  }

  @Test
  void noCalls_exceedNothing() {
    assertThat(AnyWindow.excess(List.of(), 10)).isZero();
  }

  @Test
  void anyCalls_areJudgedAsByLookingAtEveryPair() {
    var random = new Random(7);
    for (int round = 0; round < 200; round++) {
      List<Passed> calls = new ArrayList<>();
      int many = 1 + random.nextInt(60);
      for (int i = 0; i < many; i++) {
        long began = random.nextInt(100) * MILLI;
        calls.add(new Passed(began, began + random.nextInt(20) * MILLI));
      }
      assertThat(AnyWindow.excess(calls, 700)).isCloseTo(everyPair(calls, 700), within(1e-6));
    }
  }

  private static double everyPair(List<Passed> calls, double perSecond) {
    double most = 0;
    for (Passed first : calls) {
      for (Passed last : calls) {
        long from = first.beganNanos();
        long to = last.endedNanos();
        long inside =
            calls.stream()
                .filter(one -> one.beganNanos() >= from && one.endedNanos() <= to)
                .count();
        if (to >= from) {
          most = Math.max(most, inside - (to - from) / 1e9 * perSecond);
        }
      }
    }
    return most;
  }
}
