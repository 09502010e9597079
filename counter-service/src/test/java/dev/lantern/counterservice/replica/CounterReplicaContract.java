package dev.lantern.counterservice.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lantern.counterservice.counter.Choice;
import dev.lantern.counterservice.counter.CounterKey;
import dev.lantern.counterservice.counter.Level;
import dev.lantern.counterservice.counter.Pace;
import dev.lantern.counterservice.counter.SlotTotal;
import dev.lantern.counterservice.replica.CounterReplica.Limits;
import dev.lantern.counterservice.replica.CounterReplica.Taken;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// What every replica promises; run over the memory one and a real Redis. `lane` is the test's own,
/// so that runs over one Redis do not meet.
abstract class CounterReplicaContract {

  static final Limits WIDE = new Limits(1_000, 1_000);

  abstract CounterReplica replica();

  abstract int lane();

  @Test
  void totals_ofSeveralWriters_addUp() {
    raise(total("opened", "w1#1", 5), total("opened", "w2#1", 7));

    assertThat(sum("opened")).isEqualTo(12);
  }

  @Test
  void sameTotalAgain_addsNothing() {
    raise(total("opened", "w1#1", 5));
    raise(total("opened", "w1#1", 5));

    assertThat(sum("opened")).isEqualTo(5);
  }

  @Test
  void olderTotal_arrivingLate_addsNothing() {
    raise(total("opened", "w1#1", 9));
    raise(total("opened", "w1#1", 5));

    assertThat(sum("opened")).isEqualTo(9);
  }

  @Test
  void newEpoch_countsBesideTheOldOne() {
    raise(total("opened", "w1#1", 9));
    raise(total("opened", "w1#2", 3));
    raise(total("opened", "w1#1", 10));

    assertThat(sum("opened")).isEqualTo(13);
  }

  @Test
  void totalOfZero_makesTheCounterKnown() {
    raise(total("opened", "w1#1", 0));

    assertThat(sum("opened")).isZero();
  }

  @Test
  void unknownCounter_hasNoSum() {
    assertThat(replica().sums(List.of(key("never")))).isEmpty();
    assertThat(replica().slots(List.of(key("never")))).isEmpty();
  }

  @Test
  void totalsAbove53Bits_areExact() {
    long big = (1L << 53) + 1;
    raise(total("fen", "w1#1", big), total("fen", "w2#1", big + 2));
    raise(total("fen", "w1#1", big + 1));

    assertThat(sum("fen")).isEqualTo(2 * big + 3);
  }

  @Test
  void longerNumber_isMore_whateverItsDigits() {
    raise(total("fen", "w1#1", 99));
    raise(total("fen", "w1#1", 100));
    raise(total("fen", "w1#1", 9));

    assertThat(sum("fen")).isEqualTo(100);
  }

  @Test
  void sumPast64Bits_isRefused_andChangesNothing() {
    raise(total("fen", "w1#1", Long.MAX_VALUE - 5), total("fen", "w2#1", 5));

    assertThat(raise(total("fen", "w2#1", 6))).containsExactly(Taken.OVERFLOW);
    assertThat(sum("fen")).isEqualTo(Long.MAX_VALUE);
    assertThat(slots("fen")).containsEntry("w2#1", 5L);
    assertThat(raise(total("fen", "w1#1", Long.MAX_VALUE - 5))).containsExactly(Taken.YES);
  }

  @Test
  void counterPastTheLimit_isRefused_butKnownOnesGoOn() {
    var narrow = new Limits(2, 10);
    replica().raise(List.of(total("one", "w#1", 1), total("two", "w#1", 1)), narrow);

    List<Taken> taken =
        replica()
            .raise(
                List.of(total("one", "w#1", 2), total("three", "w#1", 1), total("two", "w#1", 2)),
                narrow);

    assertThat(taken).containsExactly(Taken.YES, Taken.TOO_MANY_COUNTERS, Taken.YES);
    assertThat(sum("one")).isEqualTo(2);
    assertThat(replica().sums(List.of(key("three")))).isEmpty();
  }

  @Test
  void slotPastTheLimit_isRefused_butKnownOnesGoOn() {
    var narrow = new Limits(10, 2);
    replica().raise(List.of(total("one", "w1#1", 1), total("one", "w2#1", 1)), narrow);

    assertThat(replica().raise(List.of(total("one", "w3#1", 9), total("one", "w1#1", 5)), narrow))
        .containsExactly(Taken.TOO_MANY_SLOTS, Taken.YES);
    assertThat(sum("one")).isEqualTo(6);
  }

  @Test
  void counters_listsTheLanesOwn() {
    raise(total("one", "w#1", 1), total("two", "w#1", 1));

    assertThat(replica().counters(lane())).containsExactlyInAnyOrder(key("one"), key("two"));
    assertThat(replica().counters(lane() + 1)).doesNotContain(key("one"));
  }

  @Test
  void moreThanOneBatch_isTakenAndRead() {
    List<SlotTotal> many = new ArrayList<>();
    List<CounterKey> keys = new ArrayList<>();
    for (int i = 0; i < 1_100; i++) {
      many.add(total("c" + i, "w#1", i));
      keys.add(key("c" + i));
    }
    List<Taken> taken = replica().raise(many, Limits.none());

    assertThat(taken).hasSize(1_100).containsOnly(Taken.YES);
    assertThat(replica().sums(keys)).hasSize(1_100).containsEntry(key("c1099"), 1_099L);
  }

  @Test
  void writersAtOnce_withDoubledAndShuffledReports_endAtTheExactSum() throws Exception {
    List<Callable<List<Taken>>> reports = new ArrayList<>();
    for (int writer = 0; writer < 4; writer++) {
      for (long total = 1; total <= 50; total++) {
        SlotTotal report = total("opened", "w" + writer + "#1", total);
        reports.add(() -> replica().raise(List.of(report), WIDE));
        reports.add(() -> replica().raise(List.of(report), WIDE));
      }
    }
    Collections.shuffle(reports, new Random(7));
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var done : threads.invokeAll(reports)) {
        assertThat(done.get()).containsExactly(Taken.YES);
      }
    }

    assertThat(sum("opened")).isEqualTo(200);
    assertThat(slots("opened").values()).containsExactly(50L, 50L, 50L, 50L);
  }

  @Test
  void pace_ofASteadyWriter_isItsRate() {
    sampled(1, 1_000);
    sampled(2, 1_250);

    assertThat(pace().rise()).isCloseTo(250, within(1.0));
    assertThat(pace().change()).isZero();
    assertThat(pace().ahead()).isCloseTo(0, within(SOON * 250));
  }

  @Test
  void pace_ofAWriterThatIsFasterEachSecond_leansForward() {
    sampled(1, 0);
    sampled(2, 100);
    sampled(3, 400);
    sampled(4, 900);

    // 500 in the last second, 200 more than in the one before: 600 at its end.
    assertThat(pace().change()).isCloseTo(200, within(1.0));
    assertThat(pace().rise()).isCloseTo(600, within(SOON * 200 + 1));
  }

  @Test
  void pace_ofSeveralWriters_addsUp() {
    sampled("w1#1", 1, 0);
    sampled("w1#1", 2, 100);
    sampled("w2#1", 71, 0);
    sampled("w2#1", 73, 100);

    assertThat(pace().rise()).isCloseTo(150, within(1.0));
  }

  @Test
  void pace_ofAWriterAtRest_isNothing() {
    sampled(1, 0);
    sampled(2, 100);
    sampled(3, 100);

    assertThat(pace().rise()).isZero();
    assertThat(sum("opened")).isEqualTo(100);
  }

  @Test
  void pace_isNotChanged_byTheSameReportAgain_norByAnOlderOne_norByRepair() {
    sampled(1, 0);
    sampled(2, 100);
    sampled(2, 100);
    sampled(1, 0);
    raise(total("opened", "w1#1", 700), total("opened", "w9#1", 9_000));

    assertThat(pace().rise()).isCloseTo(100, within(1.0));
    assertThat(sum("opened")).isEqualTo(9_700);
  }

  @Test
  void choice_theNewestHolds_howeverOftenAndLateOthersCome() {
    long base = replica().choice(Choice.NONE).revision();
    var first = new Choice(base + 1, Choice.Kind.B, "operator, r-1: a new disk");
    var second = new Choice(base + 2, Choice.Kind.A, "operator, r-2: „done”");

    assertThat(replica().choice(first)).isEqualTo(first);
    assertThat(replica().choice(second)).isEqualTo(second);
    assertThat(replica().choice(first)).isEqualTo(second);
    assertThat(replica().choice(second)).isEqualTo(second);
    assertThat(replica().choice(Choice.NONE)).isEqualTo(second);
  }

  @Test
  void choices_ofTheSameRevision_endAlikeWhicheverComesFirst() {
    long next = replica().choice(Choice.NONE).revision() + 1;
    var b = new Choice(next, Choice.Kind.B);

    replica().choice(b);

    assertThat(replica().choice(new Choice(next, Choice.Kind.A))).isEqualTo(b);
  }

  @Test
  void runId_staysTheSame() {
    assertThat(replica().runId()).isNotEmpty().isEqualTo(replica().runId());
  }

  /// How long a test may take between a report and its reading, in seconds.
  private static final double SOON = 1;

  private void sampled(int second, long total) {
    sampled("w1#1", second, total);
  }

  private void sampled(String slot, int second, long total) {
    assertThat(raise(total("opened", slot, total).sampledAt(second * 1_000_000L)))
        .containsExactly(Taken.YES);
  }

  private Pace pace() {
    return replica().levels(List.of(key("opened"))).getOrDefault(key("opened"), Level.of(0)).pace();
  }

  final List<Taken> raise(SlotTotal... totals) {
    return replica().raise(List.of(totals), WIDE);
  }

  final SlotTotal total(String name, String slot, long total) {
    return new SlotTotal(key(name), slot, total);
  }

  final CounterKey key(String name) {
    return new CounterKey(lane(), "spring-demo." + name);
  }

  final long sum(String name) {
    return replica().sums(List.of(key(name))).getOrDefault(key(name), -1L);
  }

  final Map<String, Long> slots(String name) {
    return replica().slots(List.of(key(name))).getOrDefault(key(name), Map.of());
  }
}
