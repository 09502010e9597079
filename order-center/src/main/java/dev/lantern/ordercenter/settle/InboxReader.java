package dev.lantern.ordercenter.settle;

import dev.lantern.ordercenter.budget.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/// [LogReader] on the table `inbox`, so that the very same worker drains it (S6).
///
/// A partition's `next_offset` counts how many of its rows have been booked; it is no place in the
/// table. A row gets the next number when it is read, and leaves by its key in the transaction that
/// moves the count: whatever is in the table is what is to be booked, and no row is ever passed by.
///
/// While the table is empty it is asked every [#IDLE]; for one thread.
public final class InboxReader implements LogReader {
  private static final int AT_ONCE = 250;
  private static final Duration IDLE = Duration.ofMillis(100);

  private final InboxRows rows;
  private final Clock clock;
  private final Map<PartitionId, Long> positions = new HashMap<>();
  private long idleUntilNanos;

  public InboxReader(InboxRows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
    this.idleUntilNanos = clock.now().monotonicNanos();
  }

  @Override
  public void assign(Set<PartitionId> partitions) {
    positions.keySet().retainAll(partitions);
  }

  @Override
  public void seek(PartitionId partition, long offset) {
    positions.put(partition, offset);
  }

  @Override
  public void pause(PartitionId partition) {
    positions.remove(partition);
  }

  /// What is there now; never waits.
  @Override
  public Fetched poll(Duration patience) {
    long now = clock.now().monotonicNanos();
    if (positions.isEmpty() || now - idleUntilNanos < 0) {
      return Fetched.NOTHING;
    }
    Map<Integer, PartitionId> byNumber = new HashMap<>();
    positions.keySet().forEach(id -> byNumber.put(id.partition(), id));
    Map<PartitionId, List<LogRecord>> records = new HashMap<>();
    rows.oldest(byNumber.keySet().stream().sorted().toList(), AT_ONCE)
        .forEach((partition, found) -> {
          PartitionId id = byNumber.get(partition);
          if (id != null) {
            records.put(id, numbered(id, found));
          }
        });
    if (records.isEmpty()) {
      idleUntilNanos = now + IDLE.toNanos();
      return Fetched.NOTHING;
    }
    return new Fetched(records, Map.of());
  }

  private List<LogRecord> numbered(PartitionId id, List<InboxRow> found) {
    long next = positions.getOrDefault(id, 0L);
    List<LogRecord> records = new ArrayList<>(found.size());
    for (InboxRow row : found) {
      records.add(read(next++, row, id));
    }
    positions.put(id, next);
    return records;
  }

  /// One that cannot be read is known by its row's key, so that the row leaves with its parking.
  private static LogRecord read(long offset, InboxRow row, PartitionId id) {
    RecordReader.Raw raw =
        new RecordReader.Raw(offset, Long.toString(row.actId()), row.orderNo(), "", row.record());
    return switch (RecordReader.read(raw, id)) {
      case LogRecord.Promised promised -> promised;
      case LogRecord.Unreadable(_, _, _, var value, String why, String trace) ->
          new LogRecord.Unreadable(offset, row.actId(), row.orderNo(), value, why, trace);
    };
  }

  @Override
  public OptionalLong remaining(PartitionId partition) {
    return OptionalLong.empty();
  }

  @Override
  public void wakeUp() {
    // A poll never waits.
  }

  @Override
  public void close() {
    positions.clear();
  }
}
