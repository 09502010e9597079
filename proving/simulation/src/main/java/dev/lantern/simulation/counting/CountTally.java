package dev.lantern.simulation.counting;

import dev.lantern.counter.v1.WriterTotal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/// What was really counted, by who counted it: the driver's own tally.
///
/// A part is what one life has added to one counter. What a living process, or one with a journal,
/// has added is due to the last unit. Of one that died without a journal what was taken is due, as
/// far as no Redis has lost it before the other one had it.
final class CountTally {
  private final TreeMap<String, Part> parts = new TreeMap<>();

  /// One life's additions to one counter, which are those of one slot.
  static final class Part {
    private final String counter;
    private final String slot;
    private final String writer;
    private long added;
    private long taken;
    private long kept;
    private boolean whole = true;

    private Part(String counter, String writer, long epoch) {
      this.counter = counter;
      this.writer = writer;
      this.slot = slot(writer, epoch);
    }

    void add(long amount) {
      added += amount;
    }

    private void leave() {
      whole = false;
    }

    private long due() {
      return whole ? added : Math.max(taken, kept);
    }
  }

  /// A life begins to count.
  Part begins(String counter, String writer, long epoch) {
    Part part = new Part(counter, writer, epoch);
    parts.putIfAbsent(counter + "/" + part.slot, part);
    return parts.getOrDefault(counter + "/" + part.slot, part);
  }

  /// Some Redis has taken these, and whoever told them knows.
  void taken(List<WriterTotal> totals) {
    for (WriterTotal total : totals) {
      Part part = parts.get(total.getName() + "/" + slot(total.getWriter(), total.getEpoch()));
      if (part != null) {
        part.taken = Math.max(part.taken, total.getTotal());
      }
    }
  }

  /// A writer has died without a journal.
  void died(String writer) {
    parts.values().stream().filter(part -> part.writer.equals(writer)).forEach(Part::leave);
  }

  /// A writer's machine has died, and came back with this.
  void died(String writer, Map<JournalDisk.File, Long> journal) {
    parts.values().stream()
        .filter(part -> part.writer.equals(writer))
        .forEach(part -> {
          part.leave();
          part.kept = 0;
        });
    journal.forEach((file, total) -> {
      Part part = parts.get(file.counter() + "/" + slot(writer, file.epoch()));
      if (part != null) {
        part.kept = total;
      }
    });
  }

  /// A Redis has lost data: what was taken of this slot is no more than this, now.
  void remains(Remaining remaining) {
    for (Part part : parts.values()) {
      part.taken = Math.min(part.taken, Math.max(0, remaining.of(part.counter, part.slot)));
    }
  }

  /// What the two Redis still have of a slot.
  @FunctionalInterface
  interface Remaining {
    long of(String counter, String slot);
  }

  /// All that was ever added to a counter.
  long added(String counter) {
    return sum(counter, part -> part.added);
  }

  /// What a counter may not end under.
  long due(String counter) {
    return sum(counter, Part::due);
  }

  private long sum(String counter, ToLongFunction<Part> figure) {
    return parts.values().stream()
        .filter(part -> part.counter.equals(counter))
        .mapToLong(figure)
        .sum();
  }

  private static String slot(String writer, long epoch) {
    return writer + "#" + epoch;
  }
}
