package dev.lantern.counterservice.replica;

import dev.lantern.counterservice.counter.Choice;
import dev.lantern.counterservice.counter.CounterKey;
import dev.lantern.counterservice.counter.Level;
import dev.lantern.counterservice.counter.ReadSwitch.Standing;
import dev.lantern.counterservice.counter.SlotTotal;
import dev.lantern.counterservice.counter.Source;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// A replica with what is known about it: whether it answers, and whether it may lack something the
/// other one has.
///
/// Lacks are counted, not flagged. A repair notes the count before it reads and settles only that
/// many: whatever is missed while it runs is left for the next one. A new process lacks from the
/// start, for it cannot know what its predecessor left undone.
public final class WatchedReplica implements CounterReplica {

  private final Source source;
  private final CounterReplica replica;
  private final AtomicLong lacks = new AtomicLong(1);
  private final AtomicLong settled = new AtomicLong();
  private volatile boolean reachable = true;
  private volatile String lastRunId = "";

  public WatchedReplica(Source source, CounterReplica replica) {
    this.source = source;
    this.replica = replica;
  }

  public Source source() {
    return source;
  }

  /// Whether its last answer came. An unreachable one is asked by [#probe] alone.
  public boolean isReachable() {
    return reachable;
  }

  /// Whether it holds all that is known to us: it answers, and no lack is unsettled.
  public boolean isWhole() {
    return reachable && settled.get() >= lacks.get();
  }

  /// How good it is to read from.
  public Standing standing() {
    if (!reachable) {
      return Standing.GONE;
    }
    return isWhole() ? Standing.WHOLE : Standing.LACKING;
  }

  /// Asks it whether it is there. Another run than last time may have come back empty.
  public boolean probe() {
    try {
      String runId = runId();
      if (!runId.equals(lastRunId)) {
        lacked();
        lastRunId = runId;
      }
      reachable = true;
    } catch (ReplicaUnavailableException _) {
      // Noted by watching().
    }
    return reachable;
  }

  /// It did not take what the other one took. To be said after the other one has taken it.
  public void lacked() {
    lacks.incrementAndGet();
  }

  public long lacks() {
    return lacks.get();
  }

  /// All that it lacked when the count stood at this has been made good.
  public void settle(long upTo) {
    settled.accumulateAndGet(upTo, Math::max);
  }

  @Override
  public List<Taken> raise(List<SlotTotal> totals, Limits limits) {
    return watching(() -> replica.raise(totals, limits));
  }

  @Override
  public Map<CounterKey, Level> levels(List<CounterKey> counters) {
    return watching(() -> replica.levels(counters));
  }

  @Override
  public Choice choice(Choice offered) {
    return watching(() -> replica.choice(offered));
  }

  @Override
  public Set<CounterKey> counters(int lane) {
    return watching(() -> replica.counters(lane));
  }

  @Override
  public void clear(int lane) {
    watching(() -> {
      replica.clear(lane);
      return true;
    });
  }

  @Override
  public Map<CounterKey, Map<String, Long>> slots(List<CounterKey> counters) {
    return watching(() -> replica.slots(counters));
  }

  @Override
  public String runId() {
    return watching(replica::runId);
  }

  private <T> T watching(Supplier<T> question) {
    try {
      return question.get();
    } catch (ReplicaUnavailableException e) {
      reachable = false;
      throw e;
    }
  }
}
