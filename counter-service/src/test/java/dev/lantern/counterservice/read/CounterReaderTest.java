package dev.lantern.counterservice.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.counterservice.counter.CounterKey;
import dev.lantern.counterservice.counter.ReadSwitch;
import dev.lantern.counterservice.counter.SlotTotal;
import dev.lantern.counterservice.counter.Source;
import dev.lantern.counterservice.read.CounterReader.ReadBounds;
import dev.lantern.counterservice.repair.Repairer;
import dev.lantern.counterservice.replica.CounterReplica.Limits;
import dev.lantern.counterservice.replica.MemoryReplica;
import dev.lantern.counterservice.replica.Replicas;
import dev.lantern.counterservice.replica.WatchedReplica;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CounterReaderTest {

  private static final CounterKey OPENED = new CounterKey(1, "spring-demo.opened");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration NONE = Duration.ZERO;

  private final MemoryReplica a = new MemoryReplica();
  private final MemoryReplica b = new MemoryReplica();
  private final Replicas replicas =
      new Replicas(new WatchedReplica(Source.A, a), new WatchedReplica(Source.B, b));
  private final CounterBoard board = new CounterBoard(Duration.ofSeconds(2));
  private final PollSignal signal = new PollSignal();
  private volatile Instant now = Instant.parse("2027-01-01T12:00:00Z");
  private final AbsentCounters absent = new AbsentCounters(3, Duration.ofSeconds(1));
  private final CounterReader reader =
      new CounterReader(replicas, board, signal, absent, () -> now, new ReadBounds(4, 1));
  private final Watchers watchers = new Watchers(board, () -> now, 1);
  private final Poller poller =
      new Poller(replicas, board, signal, () -> now, ReadSwitch.home(2, 3), watchers);
  private final Repairer repairer =
      new Repairer(replicas, List.of(1), Duration.ofMinutes(1), () -> now);

  @Test
  void firstRead_asksRedisAtOnce() {
    raise(a, 5);
    raise(b, 5);

    assertThat(value(get(0))).isEqualTo(5);
  }

  @Test
  void firstRead_takesTheHigherOfTheTwo() {
    raise(a, 5);
    raise(b, 9);

    Found found = get(0);

    assertThat(value(found)).isEqualTo(9);
    assertThat(((Found.Value) found).reading().source()).isEqualTo(Source.B);
  }

  @Test
  void firstRead_withOneGone_takesTheOther() {
    raise(b, 9);
    a.cut();

    assertThat(value(get(0))).isEqualTo(9);
  }

  @Test
  void unknownCounter_isNothing_onlyWhenBothSaySo() {
    assertThat(get(0)).isEqualTo(new Found.Nothing());
    now = now.plusSeconds(2);
    a.cut();
    assertThat(get(0)).isEqualTo(new Found.Unreachable());
  }

  @Test
  void counterSeenElsewhere_isNeverNothing() {
    assertThat(get(0)).isEqualTo(new Found.Nothing());
    raise(a, 5);

    // Another instance has told it; here it is still remembered as absent.
    assertThat(get(5)).isEqualTo(new Found.Behind());
    now = now.plusSeconds(1);
    assertThat(value(get(5))).isEqualTo(5);

    a.restartEmpty();
    CounterKey lost = new CounterKey(1, "spring-demo.lost");
    assertThat(reader.get(lost, 7, NONE)).isEqualTo(new Found.Behind());
  }

  @Test
  void absentCounter_isRememberedForOneInterval() {
    assertThat(get(0)).isEqualTo(new Found.Nothing());
    raise(a, 1);
    assertThat(get(0)).isEqualTo(new Found.Nothing());

    now = now.plusSeconds(1);

    assertThat(value(get(0))).isEqualTo(1);
  }

  @Test
  void absentCounters_areRememberedUpToTheirLimit() {
    for (int i = 0; i < 10; i++) {
      absent.note(new CounterKey(1, "c" + i), now);
    }
    assertThat(absent.isAbsent(new CounterKey(1, "c2"), now)).isTrue();
    assertThat(absent.isAbsent(new CounterKey(1, "c3"), now)).isFalse();

    absent.forget(now.plusSeconds(1));
    absent.note(new CounterKey(1, "c3"), now);
    assertThat(absent.isAbsent(new CounterKey(1, "c3"), now)).isTrue();
  }

  @Test
  void knownCounter_isServedFromMemory_whileBothAreGone() {
    raise(a, 5);
    get(0);
    a.cut();
    b.cut();
    tick();

    assertThat(value(get(0))).isEqualTo(5);
    assertThat(((Found.Value) get(0)).reading().asOf()).isBefore(now);
  }

  @Test
  void poll_bringsWhatIsNew() {
    raise(a, 5);
    get(0);
    raise(a, 8);
    assertThat(value(get(0))).isEqualTo(5);

    tick();

    assertThat(value(get(0))).isEqualTo(8);
  }

  @Test
  void switchToAReplicaThatIsBehind_doesNotGoBack() {
    raise(a, 10);
    raise(b, 10);
    repairer.round();
    get(0);
    raise(a, 20);
    tick();
    a.cut();

    tick();
    tick();
    tick();

    assertThat(poller.source()).isEqualTo(Source.B);
    assertThat(value(get(0))).isEqualTo(20);
    raise(b, 25);
    tick();
    assertThat(value(get(0))).isEqualTo(25);
  }

  @Test
  void redisThatRestartsEmpty_isLeft_repaired_andReturnedTo() {
    raise(a, 20);
    raise(b, 20);
    repairer.round();
    get(0);
    a.restartEmpty();
    replicas.a().probe();

    tick();
    tick();
    assertThat(poller.source()).isEqualTo(Source.B);
    assertThat(value(get(0))).isEqualTo(20);

    repairer.round();
    tick();
    tick();
    tick();
    assertThat(poller.source()).isEqualTo(Source.A);
    raise(a, 21);
    tick();
    assertThat(value(get(0))).isEqualTo(21);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noReader_everSeesLess_throughCutsRestartsAndSwitches(long seed) {
    var random = new Random(seed);
    long written = 0;
    long seen = 0;
    long shown = 0;
    raise(a, 0);
    raise(b, 0);
    for (int step = 0; step < 2_000; step++) {
      switch (random.nextInt(12)) {
        case 0 -> a.cut();
        case 1 -> b.cut();
        case 2 -> a.mend();
        case 3 -> b.mend();
        case 4 -> a.restartEmpty();
        case 5 -> repairer.round();
        case 6, 7 -> tick();
        case 8 -> now = now.plusMillis(random.nextInt(900));
        default -> {
          written += random.nextInt(1_000);
          tryRaise(a, written);
          tryRaise(b, written);
        }
      }
      if (get(0) instanceof Found.Value value) {
        assertThat(value.reading().value()).isBetween(seen, written);
        assertThat(value.shown()).isGreaterThanOrEqualTo(Math.max(shown, value.reading().value()));
        seen = value.reading().value();
        shown = value.shown();
      }
    }
    a.mend();
    b.mend();
    raise(a, written);
    raise(b, written);
    repairer.round();
    tick();
    assertThat(value(get(0))).isEqualTo(written);
  }

  @Test
  void firstRead_whileNoRedisAnswers_waitsForThePollAfterOneIsBack() throws Exception {
    raise(b, 9);
    a.cut();
    b.cut();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Found> waiting = threads.submit(() -> reader.get(OPENED, 0, PATIENCE));
      awaitCrowd();
      b.mend();
      repairer.round();
      tick();
      assertThat(value(waiting.get())).isEqualTo(9);
    }
  }

  @Test
  void firstRead_thatTwoPollsDoNotHelp_isUnreachable() throws Exception {
    a.cut();
    b.cut();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Found> waiting = threads.submit(() -> reader.get(OPENED, 0, PATIENCE));
      awaitCrowd();
      tick();
      tick();
      assertThat(waiting.get()).isEqualTo(new Found.Unreachable());
    }
  }

  @Test
  void atLeast_belowTheValue_isAnsweredAtOnce() {
    raise(a, 5);

    assertThat(value(reader.get(OPENED, 5, NONE))).isEqualTo(5);
  }

  @Test
  void atLeast_aboveTheValue_waitsForThePollThatBringsIt() throws Exception {
    raise(a, 5);
    get(0);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Found> waiting = threads.submit(() -> reader.get(OPENED, 7, PATIENCE));
      awaitCrowd();
      raise(a, 7);
      tick();
      assertThat(value(waiting.get())).isEqualTo(7);
    }
  }

  @Test
  void atLeast_thatTwoPollsDoNotBring_isBehind() throws Exception {
    raise(a, 5);
    get(0);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Found> waiting = threads.submit(() -> reader.get(OPENED, 7, PATIENCE));
      awaitCrowd();
      tick();
      tick();
      assertThat(waiting.get()).isEqualTo(new Found.Behind());
    }
  }

  @Test
  void atLeast_pastTheDeadline_isBehind() {
    raise(a, 5);

    assertThat(reader.get(OPENED, 7, NONE)).isEqualTo(new Found.Behind());
  }

  @Test
  void atLeast_ofACounterFarBelow_canNeverHoldMoreThanTheWaiters() throws Exception {
    raise(a, 5);
    get(0);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Found> waiting = threads.submit(() -> reader.get(OPENED, Long.MAX_VALUE, PATIENCE));
      awaitCrowd();
      assertThat(reader.get(OPENED, Long.MAX_VALUE, NONE)).isEqualTo(new Found.Crowded());
      tick();
      tick();
      assertThat(waiting.get()).isEqualTo(new Found.Behind());
    }
  }

  /// Until the one waiter there may be has taken its place.
  private void awaitCrowd() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (reader.waiting() < 1) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private Found get(long atLeast) {
    return reader.get(OPENED, atLeast, NONE);
  }

  private static long value(Found found) {
    assertThat(found).isInstanceOf(Found.Value.class);
    return ((Found.Value) found).reading().value();
  }

  private void tick() {
    now = now.plusSeconds(1);
    poller.round();
  }

  private static void raise(MemoryReplica replica, long total) {
    replica.raise(List.of(SlotTotal.of(OPENED, "w1", 1, total)), Limits.none());
  }

  private static void tryRaise(MemoryReplica replica, long total) {
    try {
      raise(replica, total);
    } catch (dev.lantern.counterservice.replica.ReplicaUnavailableException _) {
      // Cut off; repair or the end of the test brings it.
    }
  }
}
