package dev.lantern.ordercenter.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.common.v1.Lane;
import dev.lantern.stores.redis.RedisUnavailableException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SharedSceneRatesTest {
  private static final Instant NOW = Instant.parse("2027-01-01T12:00:00Z");
  private final Map<String, Integer> taken = new HashMap<>();
  private int calls;
  private boolean away;

  /// Demand is three times the rate, spread over five instances, in three seconds.
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100, 5_000})
  void instances_together_letInTheRate_andNoMore(int perSecond) {
    List<SharedSceneRates> instances = instances(5);
    for (int second = 0; second < 3; second++) {
      int admitted = 0;
      calls = 0;
      for (int i = 0; i < 3 * perSecond + 10; i++) {
        admitted += admits(instances.get(i % 5), "rain", perSecond, second) ? 1 : 0;
      }
      assertThat(admitted).isEqualTo(perSecond);
      // Fifty a second would do; each instance also learns by one that nothing is left.
      assertThat(calls).isLessThanOrEqualTo(Math.min(perSecond, 50) + 10);
    }
  }

  @Test
  void scenes_andLanes_areCountedApart() {
    SharedSceneRates rates = instances(1).getFirst();
    assertThat(admits(rates, "rain", 1, 0)).isTrue();
    assertThat(admits(rates, "rain", 1, 0)).isFalse();
    assertThat(admits(rates, "daily", 1, 0)).isTrue();
    assertThat(rates.admits(Lane.LANE_STRESS, "rain", 1, NOW)).isTrue();
  }

  @Test
  void whatAnInstanceHolds_lapsesWithItsSecond() {
    List<SharedSceneRates> instances = instances(2);
    assertThat(admits(instances.getFirst(), "rain", 100, 0)).isTrue();
    // It holds one more of second 0; second 1 is counted anew, and wholly.
    int admitted = 0;
    for (int i = 0; i < 300; i++) {
      admitted += admits(instances.get(i % 2), "rain", 100, 1) ? 1 : 0;
    }
    assertThat(admitted).isEqualTo(100);
  }

  @Test
  void whileTheCountIsAway_eachInstanceKeepsToTheRateByItself_andDoesNotAskForEachOrder() {
    away = true;
    SharedSceneRates rates = instances(1).getFirst();
    int admitted = 0;
    for (int i = 0; i < 50; i++) {
      admitted += admits(rates, "rain", 20, 0) ? 1 : 0;
    }
    assertThat(admitted).isEqualTo(20);
    assertThat(calls).isEqualTo(1);
  }

  @Test
  void clockThatStepsBack_beginsNoSecondAnew() {
    SharedSceneRates rates = instances(1).getFirst();
    assertThat(admits(rates, "rain", 100, 1)).isTrue();
    assertThat(calls).isEqualTo(1);
    // Of the second before, and again: both from what is held, without another call.
    assertThat(admits(rates, "rain", 100, 0)).isTrue();
    assertThat(calls).isEqualTo(1);
    assertThat(taken).hasSize(1);
  }

  @Test
  void whoAsksTheCountInVain_holdsUpNobodyInTheNextSecond() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    SharedSceneRates rates =
        new SharedSceneRates((_, _, second, wanted, _) -> {
          if (second == NOW.getEpochSecond()) {
            asked.countDown();
            awaits(answer);
          }
          return wanted;
        });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> slow = threads.submit(() -> admits(rates, "rain", 1, 0));
      awaits(asked);
      assertThat(admits(rates, "rain", 1, 1)).isTrue();
      assertThat(slow.isDone()).isFalse();
      answer.countDown();
      assertThat(slow.get()).isTrue();
    }
  }

  private static void awaits(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean admits(SharedSceneRates rates, String scene, int perSecond, int second) {
    return rates.admits(Lane.LANE_LIVE, scene, perSecond, NOW.plusSeconds(second));
  }

  private List<SharedSceneRates> instances(int count) {
    return IntStream.range(0, count).mapToObj(_ -> new SharedSceneRates(this::take)).toList();
  }

  private int take(Lane lane, String scene, long second, int wanted, int perSecond) {
    calls++;
    if (away) {
      throw new RedisUnavailableException("cut by the test", null);
    }
    String key = lane + scene + second;
    int granted = Math.min(wanted, perSecond - taken.getOrDefault(key, 0));
    taken.merge(key, granted, Integer::sum);
    return granted;
  }
}
