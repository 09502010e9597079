package dev.lantern.counterservice.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.counterservice.counter.CounterKey;
import dev.lantern.counterservice.counter.ReadSwitch;
import dev.lantern.counterservice.counter.SlotTotal;
import dev.lantern.counterservice.counter.Source;
import dev.lantern.counterservice.read.CounterReader.ReadBounds;
import dev.lantern.counterservice.replica.CounterReplica.Limits;
import dev.lantern.counterservice.replica.MemoryReplica;
import dev.lantern.counterservice.replica.Replicas;
import dev.lantern.counterservice.replica.WatchedReplica;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// How far what is shown is from the truth over a rain of five minutes, with writers that tell once
/// a second at moments of their own, over a network that delays now and then: law COUNT's
/// hundredth, from the fifth second on.
class ShownErrorTest {

  private static final CounterKey OPENED = new CounterKey(1, "spring-demo.opened");
  private static final long RAIN_MS = 300_000;
  private static final long FROM_MS = 5_000;

  private long nowMs;
  private final MemoryReplica a = new MemoryReplica(() -> nowMs * 1_000);
  private final MemoryReplica b = new MemoryReplica(() -> nowMs * 1_000);
  private final Replicas replicas =
      new Replicas(new WatchedReplica(Source.A, a), new WatchedReplica(Source.B, b));
  private final CounterBoard board = new CounterBoard(Duration.ofSeconds(2));
  private final PollSignal signal = new PollSignal();
  private final CounterReader reader =
      new CounterReader(
          replicas,
          board,
          signal,
          new AbsentCounters(1, Duration.ofMillis(1)),
          this::now,
          new ReadBounds(1, 1));
  private final Poller poller =
      new Poller(
          replicas,
          board,
          signal,
          this::now,
          ReadSwitch.home(2, 5),
          new Watchers(board, this::now, 1));

  record Rain(String name, int writers, DoubleUnaryOperator counted) {
    @Override
    public String toString() {
      return name + " by " + writers;
    }
  }

  static Stream<Rain> rains() {
    return Stream.of(1, 3, 20)
        .flatMap(writers ->
            Stream.of(
                new Rain("300,000 a second", writers, s -> 300_000 * s),
                new Rain("a thousand a second more each second", writers, s -> 500 * s * s),
                new Rain("waves", writers, s -> 90_000 * s - 40_000 * Math.cos(s / 10))));
  }

  @ParameterizedTest
  @MethodSource("rains")
  void shown_fromTheFifthSecondOn_isWithinAHundredth(Rain rain) {
    var random = new Random(7);
    List<Double> errors = new ArrayList<>();
    long[] due = random.longs(rain.writers(), 0, 1_000).toArray();
    long[] sampled = due.clone();
    long poll = random.nextLong(1_000);
    long last = 0;
    for (nowMs = 0; nowMs < RAIN_MS; nowMs++) {
      for (int writer = 0; writer < due.length; writer++) {
        if (due[writer] == nowMs) {
          tell(rain, writer, sampled[writer]);
          sampled[writer] += 1_000;
          due[writer] = Math.max(nowMs + 1, sampled[writer] + delay(random));
        }
      }
      if (poll == nowMs) {
        poller.round();
        poll += 1_000 + delay(random);
      }
      if (reader.get(OPENED, 0, Duration.ZERO) instanceof Found.Value found) {
        assertThat(found.shown()).isGreaterThanOrEqualTo(last);
        last = found.shown();
      }
      if (nowMs >= FROM_MS) {
        double truth = rain.counted().applyAsDouble(nowMs / 1e3);
        errors.add(Math.abs(last - truth) / truth);
      }
    }
    Collections.sort(errors);
    assertThat(errors.get((int) (errors.size() * 0.999))).isLessThan(0.01);
  }

  private void tell(Rain rain, int writer, long sampledMs) {
    double share = rain.counted().applyAsDouble(sampledMs / 1e3) / rain.writers();
    var total =
        SlotTotal.of(OPENED, "w" + writer, 1, Math.max(0, (long) share))
            .sampledAt(sampledMs * 1_000 + 1);
    a.raise(List.of(total), Limits.none());
    b.raise(List.of(total), Limits.none());
  }

  /// Some milliseconds; one in twenty takes up to a tenth of a second more.
  private static long delay(Random random) {
    return random.nextLong(4) + (random.nextInt(20) == 0 ? random.nextLong(100) : 0);
  }

  private Instant now() {
    return Instant.ofEpochMilli(nowMs);
  }
}
