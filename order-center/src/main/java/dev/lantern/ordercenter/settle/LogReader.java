package dev.lantern.ordercenter.settle;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/// Reads partitions of the accept log, each from where it is told; for one thread.
///
/// It never moves by itself: where the log does not hold the wanted offset (any more), or holds
/// another history than the one read so far, the partition is reported, not skipped (S2).
public interface LogReader extends AutoCloseable {
  /// Reads exactly these partitions from now on; the ones it reads already go on from where they
  /// are.
  void assign(Set<PartitionId> partitions);

  /// Reads on from `offset`, whatever was fetched already, and ends a pause.
  void seek(PartitionId partition, long offset);

  /// Hands out nothing of this partition until the next seek.
  void pause(PartitionId partition);

  /// What has arrived, waiting for at most `patience`.
  Fetched poll(Duration patience);

  /// How many records lie beyond what was handed out; empty when that is not known yet.
  OptionalLong remaining(PartitionId partition);

  /// Ends a poll that is under way; from any thread.
  void wakeUp();

  @Override
  void close();

  /// What one poll brought.
  ///
  /// @param records in the order of their offsets
  /// @param torn partitions that cannot be read on from where they were, and why
  record Fetched(Map<PartitionId, List<LogRecord>> records, Map<PartitionId, String> torn) {
    public static final Fetched NOTHING = new Fetched(Map.of(), Map.of());
  }
}
