package dev.lantern.counterservice.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.counterservice.counter.Choice;
import dev.lantern.counterservice.counter.ReadSwitch;
import dev.lantern.counterservice.counter.Source;
import dev.lantern.counterservice.replica.MemoryReplica;
import dev.lantern.counterservice.replica.Replicas;
import dev.lantern.counterservice.replica.WatchedReplica;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Two instances over the same two Redis.
class PollerChoiceTest {

  private final MemoryReplica a = new MemoryReplica();
  private final MemoryReplica b = new MemoryReplica();
  private final Instant now = Instant.parse("2027-01-01T12:00:00Z");
  private final Replicas seenByOne = replicas();
  private final Poller one = instance(seenByOne);
  private final Poller other = instance(replicas());

  @Test
  void choice_ofOneInstance_holdsForTheOther() {
    assertThat(one.choose(Choice.Kind.B)).isEqualTo(2);

    one.round();
    other.round();

    assertThat(one.source()).isEqualTo(Source.B);
    assertThat(other.source()).isEqualTo(Source.B);
    assertThat(other.chosen()).isEqualTo(Choice.Kind.B);
  }

  @Test
  void laterChoice_ofTheOtherInstance_replacesIt_evenInTheSameMillisecond() {
    one.choose(Choice.Kind.B);
    other.round();

    other.choose(Choice.Kind.AUTO);
    one.round();

    assertThat(one.chosen()).isEqualTo(Choice.Kind.AUTO);
  }

  @Test
  void choice_outlivesARestart() {
    one.choose(Choice.Kind.B, "operator, r-1: a new disk");

    Poller restarted = instance(replicas());
    restarted.round();

    assertThat(restarted.source()).isEqualTo(Source.B);
    assertThat(restarted.choice().said()).isEqualTo("operator, r-1: a new disk");
  }

  @Test
  void redisThatLostTheChoice_isToldAgain() {
    one.choose(Choice.Kind.B);
    a.restartEmpty();
    b.restartEmpty();

    one.round();
    other.round();

    assertThat(other.chosen()).isEqualTo(Choice.Kind.B);
  }

  @Test
  void choice_takenByOneRedis_reachesTheOtherWhenItIsBack() {
    a.cut();
    assertThat(one.choose(Choice.Kind.B)).isEqualTo(1);
    a.mend();

    seenByOne.a().probe();
    one.round();

    assertThat(a.choice(Choice.NONE).kind()).isEqualTo(Choice.Kind.B);
  }

  private Poller instance(Replicas replicas) {
    var board = new CounterBoard(Duration.ofSeconds(2));
    return new Poller(
        replicas,
        board,
        new PollSignal(),
        () -> now,
        ReadSwitch.home(2, 3),
        new Watchers(board, () -> now, 1));
  }

  private Replicas replicas() {
    return new Replicas(new WatchedReplica(Source.A, a), new WatchedReplica(Source.B, b));
  }
}
