package dev.lantern.proving.rain;

import java.util.Map;
import java.util.OptionalLong;

/// Who wants to know how it goes.
public interface Progress {
  /// A new phase has begun.
  void phase(String what);

  /// Twice a second while something goes on.
  void tick(Snapshot snapshot);

  /// Something worth a line of its own.
  void note(String line);

  /// How things stand.
  ///
  /// @param lagRecords empty while the queue or the ledger cannot be asked
  record Snapshot(
      long seconds,
      long accepted,
      long acceptedPerSecond,
      Map<String, Long> refusedByLayer,
      long lost,
      OptionalLong lagRecords,
      long counter) {
    public String line() {
      return "%4d s  accepted %d (%d/s)  refused %s  lost %d  lag %s  counter %d"
          .formatted(
              seconds,
              accepted,
              acceptedPerSecond,
              refusedByLayer.isEmpty() ? "none" : refusedByLayer,
              lost,
              lagRecords.isPresent() ? Long.toString(lagRecords.getAsLong()) : "?",
              counter);
    }
  }
}
