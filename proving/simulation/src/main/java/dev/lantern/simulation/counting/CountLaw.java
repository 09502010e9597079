package dev.lantern.simulation.counting;

import dev.lantern.counterservice.counter.CounterKey;
import dev.lantern.simulation.kernel.Baton;
import dev.lantern.simulation.kernel.LawBroken;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Law COUNT: nobody who reads a counter is told less than before, nor more than was counted, and
/// what is left at the end is what was counted.
final class CountLaw {
  /// Counted by writers that lose nothing: these end exactly.
  static final String OPENED = "kept.opened";

  static final String FEN = "kept.fen";

  /// Counted by writers that may lose what they had not told.
  static final String LOOSE = "loose.opened";

  static final List<String> COUNTERS = List.of(OPENED, FEN, LOOSE);
  static final int LANE = 1;

  private static final String LAW = "COUNT";

  private final Baton baton;
  private final CounterRedis a;
  private final CounterRedis b;
  private final CountTally tally;
  private final Map<String, Seen> seen = new HashMap<>();

  /// The last that somebody was told of a counter.
  private record Seen(long value, long shown) {}

  CountLaw(Baton baton, CounterRedis a, CounterRedis b, CountTally tally) {
    this.baton = baton;
    this.a = a;
    this.b = b;
    this.tally = tally;
  }

  static CounterKey key(String counter) {
    return new CounterKey(LANE, counter);
  }

  /// A reader is told this.
  ///
  /// @param reader one sequence of readings; another life is another reader
  void told(String reader, String counter, long value, long shown) {
    Seen last = seen.put(reader + "/" + counter, new Seen(value, shown));
    if (last != null && (value < last.value || shown < last.shown)) {
      broken(
          "%s is told %d (shown %d) of %s after %d (%d)"
              .formatted(reader, value, shown, counter, last.value, last.shown));
    }
    if (value > tally.added(counter)) {
      broken("%s is told %d of %s".formatted(reader, value, ofCounted(counter)));
    }
    if (shown < value) {
      broken("%s is shown %d of %s, and told %d".formatted(reader, shown, counter, value));
    }
  }

  /// A reader that has seen a counter is told that there is none.
  void missing(String reader, String counter, long atLeast) {
    broken("%s is told that there is no %s after %d".formatted(reader, counter, atLeast));
  }

  /// No Redis ever has more than was counted.
  void look() {
    for (String counter : COUNTERS) {
      long added = tally.added(counter);
      if (a.sum(key(counter)) > added || b.sum(key(counter)) > added) {
        broken("%d and %d of %s".formatted(sum(a, counter), sum(b, counter), ofCounted(counter)));
      }
    }
  }

  /// A Redis has lost data.
  void lost() {
    tally.remains(
        (counter, slot) -> Math.max(a.slot(key(counter), slot), b.slot(key(counter), slot)));
  }

  /// Whether what is due of it is in both, and nothing else.
  boolean isAtRest(String counter) {
    long due = tally.due(counter);
    return sum(a, counter) >= due && sum(b, counter) >= due && sum(a, counter) == sum(b, counter);
  }

  /// What it ends at.
  long end(String counter) {
    return sum(a, counter);
  }

  String standing(String counter) {
    return "%d at A and %d at B of %s, %d due"
        .formatted(sum(a, counter), sum(b, counter), ofCounted(counter), tally.due(counter));
  }

  void broken(String what) {
    baton.trace().note(baton.now(), "law", LAW, what);
    baton.fail(new LawBroken(LAW, what));
  }

  /// An exception that nothing here throws.
  void defect(String where, RuntimeException what) {
    LawBroken broken = new LawBroken("DEFECT", where + ": " + what);
    broken.initCause(what);
    baton.fail(broken);
  }

  private String ofCounted(String counter) {
    return tally.added(counter) + " counted of " + counter;
  }

  private static long sum(CounterRedis redis, String counter) {
    return redis.sum(key(counter));
  }
}
