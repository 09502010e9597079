package dev.lantern.tokenservice.alarm;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts what should hardly ever be presented, and raises an alarm for a minute when there is more
/// of it than [Kind#bound] in a minute. Safe for many threads.
public final class TokenAlarms {
  private static final Logger log = LoggerFactory.getLogger(TokenAlarms.class);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /// What is counted.
  public enum Kind {
    /// Nobody's signature: somebody tries. Nothing is lost.
    FORGED(20),
    /// Presented before: harmless by the order number, but somebody tries.
    REPLAYED(200),
    /// Our key's signature, not our log's root: somebody has the key.
    UNLOGGED(1);

    private final int bound;

    Kind(int bound) {
      this.bound = bound;
    }

    /// From how many in a minute on it is an alarm.
    public int bound() {
      return bound;
    }

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private static final class Count {
    private long sinceNanos;
    private int seen;
    private boolean raised;
  }

  private final LongSupplier nanoTime;
  private final Map<Kind, Count> counts = new EnumMap<>(Kind.class);

  public TokenAlarms(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    long now = nanoTime.getAsLong();
    Arrays.stream(Kind.values()).forEach(kind -> counts.put(kind, new Count()));
    counts.values().forEach(count -> count.sinceNanos = now);
  }

  /// One more; whether it raises the alarm now.
  public synchronized boolean count(Kind kind) {
    Count count = of(kind);
    count.seen++;
    if (count.seen < kind.bound() || count.raised) {
      return false;
    }
    count.raised = true;
    log.error("alarm: {} {} tokens within a minute", count.seen, kind.word());
    return true;
  }

  /// Whether the alarm is raised.
  public synchronized boolean isRaised(Kind kind) {
    return of(kind).raised;
  }

  private Count of(Kind kind) {
    Count count = counts.get(kind);
    if (count == null) {
      throw new IllegalStateException("every kind is counted");
    }
    long now = nanoTime.getAsLong();
    if (now - count.sinceNanos >= MINUTE.toNanos()) {
      count.sinceNanos = now;
      count.raised = count.raised && count.seen >= kind.bound();
      count.seen = 0;
    }
    return count;
  }
}
