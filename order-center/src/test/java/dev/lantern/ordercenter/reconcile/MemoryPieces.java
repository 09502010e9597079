package dev.lantern.ordercenter.reconcile;

import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.queue.LogUnavailableException;
import dev.lantern.ordercenter.settle.LogPieces;
import dev.lantern.ordercenter.settle.LogRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A log in memory.
final class MemoryPieces implements LogPieces {
  final Map<Integer, List<LogRecord>> records = new HashMap<>();
  boolean away;
  long read;

  void put(int partition, LogRecord record) {
    records.computeIfAbsent(partition, _ -> new ArrayList<>()).add(record);
  }

  long end(int partition) {
    return records.getOrDefault(partition, List.of()).size();
  }

  @Override
  public Piece read(LogName log, int partition, long from, long until, int atMost) {
    if (away) {
      throw new LogUnavailableException("away", new IllegalStateException("away"));
    }
    List<LogRecord> found =
        records.getOrDefault(partition, List.of()).stream()
            .filter(record -> record.offset() >= from && record.offset() < until)
            .limit(atMost)
            .toList();
    read += found.size();
    return new Piece(found, found.isEmpty() ? until : found.getLast().offset() + 1);
  }

  @Override
  public void wakeUp() {}

  @Override
  public void close() {}
}
