package dev.lantern.controlplane.ratelimit.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.controlplane.policy.Rate;
import dev.lantern.controlplane.ratelimit.bucket.Meter;
import dev.lantern.controlplane.ratelimit.decide.LimitWorld.Admitted;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The bound of [Meter], over seeds: in no window, wherever it begins and however long it is, is
/// more let through than the rate yields in it and one burst.
class BoundTest {
  private static final long PER_SECOND = 2_000;
  private static final Rate RATE = new Rate(PER_SECOND, Duration.ofSeconds(1));
  private static final Duration BURST = Duration.ofMillis(100);
  private static final Duration LEASE = Duration.ofMillis(50);
  private static final long BURST_HITS = 200;
  private static final Duration LENGTH = Duration.ofMillis(1_500);
  private static final int SEEDS = 60;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void leasedKey_withFaultsOfAllKinds_staysWithinItsBound(int limiters) {
    Meter meter = Meter.of(RATE, BURST, LEASE);
    for (long seed = 1; seed <= SEEDS; seed++) {
      LimitWorld world = world(seed, meter, limiters);

      assertThat(most(world.admitted())).as("seed %d", seed).isLessThanOrEqualTo(BURST_HITS);
      assertThat(world.admitted()).as("seed %d", seed).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void exactKey_withFaultsOfAllKinds_staysWithinItsBound(int limiters) {
    Meter meter = Meter.of(RATE, BURST, Duration.ZERO);
    double most = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      double some = most(world(seed, meter, limiters).admitted());

      // A verdict that waits for its reply is told up to a reply's way after the take.
      assertThat(some).as("seed %d", seed).isLessThanOrEqualTo(BURST_HITS + inTheLongestWait());
      most = Math.max(most, some);
    }
    assertThat(most).as("without that it is not so").isGreaterThan(BURST_HITS);
  }

  /// The proof needs the lease to be part of the burst: without that, some seed is over.
  @Test
  void leaseOnTopOfTheBurst_breaksTheBound() {
    Meter whole = Meter.of(RATE, BURST, Duration.ZERO);
    Meter onTop = new Meter(whole.unit(), whole.drain(), whole.capacity(), LEASE.toNanos());
    double most = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      most = Math.max(most, most(world(seed, onTop, 3).admitted()));
    }
    assertThat(most).isGreaterThan(BURST_HITS);
  }

  @Test
  void nothingGoesWrong_nearlyAllOfTheLimitIsUsed() {
    Meter meter = Meter.of(RATE, BURST, LEASE);
    var world = new LimitWorld(1, meter, Faults.NONE);
    world.run(3, 3.0 * PER_SECOND, LENGTH);

    assertThat(hits(world.admitted())).isGreaterThan((long) (0.95 * PER_SECOND * 1.5));
    assertThat(world.unknown).isZero();
  }

  @Test
  void tableOfKnownKeysIsFull_nearlyAllOfALeasedLimitIsUsed() {
    Meter meter = Meter.of(RATE, BURST, LEASE);
    var world = new LimitWorld(1, meter, Faults.CROWD);
    world.run(3, 3.0 * PER_SECOND, LENGTH);

    assertThat(hits(world.admitted())).isGreaterThan((long) (0.95 * PER_SECOND * 1.5));
  }

  @Test
  void demandBelowTheLimit_isLetThroughButForAFew() {
    Meter meter = Meter.of(RATE, BURST, LEASE);
    var world = new LimitWorld(1, meter, Faults.NONE);
    world.run(3, 0.6 * PER_SECOND, LENGTH);

    long calls = hits(world.admitted()) + world.refused + world.unknown;
    assertThat(hits(world.admitted())).isGreaterThan((long) (0.98 * calls));
  }

  @Test
  void hotKey_asksTheStoreFarLessOftenThanItIsCalled() {
    Meter meter = Meter.of(new Rate(100_000, Duration.ofSeconds(1)), BURST, LEASE);
    var world = new LimitWorld(1, meter, Faults.NONE);
    world.run(1, 30_000, Duration.ofSeconds(1));

    assertThat(hits(world.admitted())).isGreaterThan(29_000);
    assertThat(world.requests()).isLessThan(300);
  }

  private static LimitWorld world(long seed, Meter meter, int limiters) {
    var world = new LimitWorld(seed, meter, Faults.ALL);
    world.run(limiters, 3.0 * PER_SECOND, LENGTH);
    return world;
  }

  /// What the store gave at once may be told up to a budget later.
  private static double inTheLongestWait() {
    return PER_SECOND * 0.016;
  }

  /// The most that any window holds beyond what the rate yields in it: the highest level of a
  /// bucket that everything let through is poured into.
  private static double most(List<Admitted> admitted) {
    double level = 0;
    double highest = 0;
    long last = 0;
    for (Admitted one : admitted) {
      level = Math.max(0, level - (one.atNanos() - last) / 1e9 * PER_SECOND) + one.hits();
      highest = Math.max(highest, level);
      last = one.atNanos();
    }
    // Microseconds are the finest that the store counts.
    return highest - 0.01;
  }

  private static long hits(List<Admitted> admitted) {
    return admitted.stream().mapToLong(Admitted::hits).sum();
  }
}
