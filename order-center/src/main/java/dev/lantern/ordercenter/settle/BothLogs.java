package dev.lantern.ordercenter.settle;

import dev.lantern.ordercenter.queue.LogName;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/// The inbox beside the queue engine, as one [LogReader]: a worker holds partitions of both.
///
/// While the inbox has something the queue is not waited for; while the queue engine is away its
/// reader hands out nothing, and the inbox drains alone (S1).
public final class BothLogs implements LogReader {
  private final LogReader queue;
  private final LogReader inbox;

  public BothLogs(LogReader queue, LogReader inbox) {
    this.queue = queue;
    this.inbox = inbox;
  }

  @Override
  public void assign(Set<PartitionId> partitions) {
    Map<Boolean, Set<PartitionId>> split =
        partitions.stream()
            .collect(Collectors.partitioningBy(BothLogs::isInbox, Collectors.toSet()));
    inbox.assign(split.getOrDefault(true, Set.of()));
    queue.assign(split.getOrDefault(false, Set.of()));
  }

  @Override
  public void seek(PartitionId partition, long offset) {
    of(partition).seek(partition, offset);
  }

  @Override
  public void pause(PartitionId partition) {
    of(partition).pause(partition);
  }

  @Override
  public Fetched poll(Duration patience) {
    Fetched waiting = inbox.poll(Duration.ZERO);
    Fetched queued = queue.poll(waiting.records().isEmpty() ? patience : Duration.ZERO);
    if (waiting.records().isEmpty()) {
      return queued;
    }
    Map<PartitionId, List<LogRecord>> records = new HashMap<>(queued.records());
    records.putAll(waiting.records());
    return new Fetched(records, queued.torn());
  }

  @Override
  public OptionalLong remaining(PartitionId partition) {
    return of(partition).remaining(partition);
  }

  @Override
  public void wakeUp() {
    queue.wakeUp();
  }

  @Override
  public void close() {
    inbox.close();
    queue.close();
  }

  private LogReader of(PartitionId partition) {
    return isInbox(partition) ? inbox : queue;
  }

  private static boolean isInbox(PartitionId partition) {
    return partition.log().kind() == LogName.Kind.INBOX;
  }
}
