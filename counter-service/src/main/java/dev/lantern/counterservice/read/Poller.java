package dev.lantern.counterservice.read;

import dev.lantern.counterservice.counter.CounterKey;
import dev.lantern.counterservice.counter.ReadSwitch;
import dev.lantern.counterservice.counter.Source;
import dev.lantern.counterservice.replica.ReplicaUnavailableException;
import dev.lantern.counterservice.replica.Replicas;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// Reads every counter on the board from the current source, once a round. To be run by one thread.
public final class Poller {

  /// How many sums are read in one go.
  private static final int PAGE = 1_000;

  private final Replicas replicas;
  private final CounterBoard board;
  private final PollSignal signal;
  private final InstantSource clock;
  private volatile ReadSwitch readSwitch;

  public Poller(
      Replicas replicas,
      CounterBoard board,
      PollSignal signal,
      InstantSource clock,
      ReadSwitch readSwitch) {
    this.replicas = replicas;
    this.board = board;
    this.signal = signal;
    this.clock = clock;
    this.readSwitch = readSwitch;
  }

  /// Where it reads now.
  public Source source() {
    return readSwitch.current();
  }

  /// One round. A source that fails leaves the board as it was; the switch decides by the standings
  /// after the reading, so that this very failure counts.
  public void round() {
    try {
      poll(readSwitch.current());
    } catch (ReplicaUnavailableException _) {
      // The replica noted it, and the switch reads its standing below.
    } finally {
      readSwitch = readSwitch.after(replicas.a().standing(), replicas.b().standing());
      signal.announce();
    }
  }

  private void poll(Source source) {
    if (!replicas.at(source).isReachable()) {
      return;
    }
    List<CounterKey> counters = board.counters();
    for (int from = 0; from < counters.size(); from += PAGE) {
      List<CounterKey> page = counters.subList(from, Math.min(counters.size(), from + PAGE));
      Map<CounterKey, Long> sums = replicas.at(source).sums(page);
      Instant now = clock.instant();
      sums.forEach((counter, sum) -> board.observe(counter, sum, now, source));
    }
  }
}
