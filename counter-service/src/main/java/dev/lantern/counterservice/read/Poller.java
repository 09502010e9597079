package dev.lantern.counterservice.read;

import dev.lantern.counterservice.counter.Choice;
import dev.lantern.counterservice.counter.CounterKey;
import dev.lantern.counterservice.counter.Level;
import dev.lantern.counterservice.counter.ReadSwitch;
import dev.lantern.counterservice.counter.Source;
import dev.lantern.counterservice.replica.ReplicaUnavailableException;
import dev.lantern.counterservice.replica.Replicas;
import dev.lantern.counterservice.replica.WatchedReplica;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/// Reads every counter on the board, and those that are watched, from the current source, once a
/// round, and tells whoever waits or watches. To be run by one thread.
public final class Poller {

  /// How many sums are read in one go.
  private static final int PAGE = 1_000;

  private final Replicas replicas;
  private final CounterBoard board;
  private final PollSignal signal;
  private final InstantSource clock;
  private final Watchers watchers;
  private final AtomicReference<Choice> choice = new AtomicReference<>(Choice.NONE);
  private volatile ReadSwitch readSwitch;
  private volatile Instant answered;

  public Poller(
      Replicas replicas,
      CounterBoard board,
      PollSignal signal,
      InstantSource clock,
      ReadSwitch readSwitch,
      Watchers watchers) {
    this.replicas = replicas;
    this.board = board;
    this.signal = signal;
    this.clock = clock;
    this.readSwitch = readSwitch;
    this.watchers = watchers;
    this.answered = clock.instant();
  }

  /// Where it reads now.
  public Source source() {
    return readSwitch.current();
  }

  /// What operators have chosen, as far as this instance knows.
  public Choice.Kind chosen() {
    return choice.get().kind();
  }

  /// The same with when, and what they said.
  public Choice choice() {
    return choice.get();
  }

  /// How long ago a poll was last answered.
  public Duration age() {
    return Duration.between(answered, clock.instant());
  }

  /// Chooses what is read from the next poll on; how many Redis keep that. If none answered, one
  /// may have it all the same: then a later poll finds it there.
  public int choose(Choice.Kind kind) {
    return choose(kind, "");
  }

  /// The same, with who chooses and why.
  public int choose(Choice.Kind kind, String said) {
    long next = Math.max(clock.millis(), choice.get().revision() + 1);
    var made = new Choice(next, kind, said);
    int kept = 0;
    for (WatchedReplica replica : replicas.both()) {
      kept += agreed(replica, made) ? 1 : 0;
    }
    return kept;
  }

  /// One round. A source that fails leaves the board as it was; the switch decides by the standings
  /// after the reading, so that this very failure counts.
  public void round() {
    try {
      poll(readSwitch.current());
      agree();
    } catch (ReplicaUnavailableException _) {
      // The replica noted it, and the switch reads its standing below.
    } finally {
      readSwitch =
          readSwitch.after(replicas.a().standing(), replicas.b().standing(), choice.get().kind());
      signal.announce();
      watchers.tell();
    }
  }

  /// Learns the newest choice, and tells it to a Redis that has lost it.
  private void agree() {
    for (WatchedReplica replica : replicas.both()) {
      if (replica.isReachable()) {
        var _ = agreed(replica, choice.get());
      }
    }
  }

  /// Whether the Redis keeps this choice or a newer one, which then holds here, too.
  private boolean agreed(WatchedReplica replica, Choice offered) {
    try {
      choice.accumulateAndGet(replica.choice(offered), Choice::or);
      return true;
    } catch (ReplicaUnavailableException _) {
      return false;
    }
  }

  private void poll(Source source) {
    if (!replicas.at(source).isReachable()) {
      return;
    }
    List<CounterKey> counters = new ArrayList<>(board.counters());
    counters.addAll(watchers.missing());
    for (int from = 0; from < counters.size(); from += PAGE) {
      List<CounterKey> page = counters.subList(from, Math.min(counters.size(), from + PAGE));
      Map<CounterKey, Level> levels = replicas.at(source).levels(page);
      Instant now = clock.instant();
      levels.forEach((counter, level) -> board.observe(counter, level, now, source));
    }
    answered = clock.instant();
  }
}
