package dev.lantern.counterservice.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.counterservice.counter.CounterKey;
import dev.lantern.counterservice.counter.SlotTotal;
import dev.lantern.counterservice.counter.Source;
import dev.lantern.counterservice.replica.CounterReplica.Limits;
import dev.lantern.counterservice.replica.MemoryReplica;
import dev.lantern.counterservice.replica.Replicas;
import dev.lantern.counterservice.replica.WatchedReplica;
import dev.lantern.counterservice.write.Added;
import dev.lantern.counterservice.write.Adder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RepairTest {

  private static final CounterKey OPENED = new CounterKey(1, "spring-demo.opened");
  private static final CounterKey STRESS = new CounterKey(2, "spring-demo.opened");

  private final MemoryReplica a = new MemoryReplica();
  private final MemoryReplica b = new MemoryReplica();
  private final Replicas replicas =
      new Replicas(new WatchedReplica(Source.A, a), new WatchedReplica(Source.B, b));
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Adder adder = new Adder(replicas, new Limits(100, 100), threads);
  private Instant now = Instant.EPOCH;
  private final Repairer repairer =
      new Repairer(replicas, List.of(1, 2), Duration.ofMinutes(1), () -> now);

  @AfterEach
  void close() {
    threads.close();
  }

  @Test
  void add_reachesBoth() {
    assertThat(add(OPENED, "w1", 5)).isEqualTo(new Added.By(2));
    assertThat(sums(OPENED)).containsExactly(5L, 5L);
  }

  @Test
  void add_withOneGone_isTakenByTheOther_andMadeGoodLater() {
    repairer.round();
    a.cut();
    assertThat(add(OPENED, "w1", 5)).isEqualTo(new Added.By(1));
    assertThat(add(OPENED, "w1", 8)).isEqualTo(new Added.By(1));
    assertThat(replicas.a().isReachable()).isFalse();

    a.mend();
    assertThat(replicas.a().isWhole()).isFalse();
    repairer.round();

    assertThat(sums(OPENED)).containsExactly(8L, 8L);
    assertThat(replicas.a().isWhole()).isTrue();
  }

  @Test
  void add_withBothGone_isTakenNowhere_andBothAreTriedAgain() {
    a.cut();
    b.cut();
    assertThat(add(OPENED, "w1", 5)).isEqualTo(new Added.Nowhere());
    a.mend();

    assertThat(add(OPENED, "w1", 5)).isEqualTo(new Added.By(1));
  }

  @Test
  void add_takenByOneWhoseAnswerIsLost_withTheOtherGone_isMadeGood_withoutItsWriter() {
    repairer.round();
    a.loseAnswer();
    b.cut();
    assertThat(add(OPENED, "w1", 5)).isEqualTo(new Added.Nowhere());

    b.mend();
    repairer.round();

    assertThat(sums(OPENED)).containsExactly(5L, 5L);
  }

  @Test
  void redisThatCameBackEmpty_getsEverythingAgain_inEveryLane() {
    add(OPENED, "w1", 5);
    add(OPENED, "w2", 6);
    add(STRESS, "w1", 7);
    repairer.round();
    a.restartEmpty();

    repairer.round();

    assertThat(sums(OPENED)).containsExactly(11L, 11L);
    assertThat(sums(STRESS)).containsExactly(7L, 7L);
    assertThat(a.slots(List.of(OPENED))).isEqualTo(b.slots(List.of(OPENED)));
    assertThat(replicas.a().isWhole()).isTrue();
  }

  @Test
  void eachSideAhead_inAnotherSlot_endsWithTheHigherOfBoth() {
    a.raise(List.of(total("w1", 10), total("w2", 1)), Limits.none());
    b.raise(List.of(total("w1", 4), total("w2", 7)), Limits.none());

    repairer.round();

    assertThat(sums(OPENED)).containsExactly(17L, 17L);
  }

  @Test
  void restartedProcess_repairsWhatItsPredecessorLeft() {
    b.raise(List.of(total("w1", 4)), Limits.none());
    assertThat(replicas.a().isWhole()).isFalse();

    repairer.round();

    assertThat(sums(OPENED)).containsExactly(4L, 4L);
    assertThat(replicas.a().isWhole()).isTrue();
  }

  @Test
  void lackNotedWhileARepairRuns_isNotSettledByIt() {
    repairer.round();
    long before = replicas.a().lacks();
    replicas.a().lacked();

    replicas.a().settle(before);

    assertThat(replicas.a().isWhole()).isFalse();
    repairer.round();
    assertThat(replicas.a().isWhole()).isTrue();
  }

  @Test
  void silentLoss_isFoundByTheSweep() {
    add(OPENED, "w1", 5);
    repairer.round();
    b.raise(List.of(total("w9", 3)), Limits.none());
    repairer.round();
    assertThat(sums(OPENED)).containsExactly(5L, 8L);

    now = now.plus(Duration.ofMinutes(1));
    repairer.round();

    assertThat(sums(OPENED)).containsExactly(8L, 8L);
  }

  private Added add(CounterKey counter, String writer, long total) {
    return adder.add(List.of(SlotTotal.of(counter, writer, 1, total)));
  }

  private static SlotTotal total(String writer, long total) {
    return SlotTotal.of(OPENED, writer, 1, total);
  }

  private List<Long> sums(CounterKey counter) {
    return List.of(
        a.sums(List.of(counter)).getOrDefault(counter, -1L),
        b.sums(List.of(counter)).getOrDefault(counter, -1L));
  }
}
