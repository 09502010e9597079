package dev.lantern.ordercenter.queue;

import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.Row;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// [Backlog] from the queue's ends and the booked offsets, as of the last [#refresh].
///
/// The inbox is a log like the others here; what is booked within its call has no backlog. A figure
/// that could not be refreshed stays: the queue or the ledger being down is refused where it is
/// met, not here.
public final class PolledBacklog implements Backlog {
  private final Topics topics;
  private final Database database;

  /// Rows of the inbox are counted one by one.
  private static final long INBOX_BOUND = 100_000;

  private final long bound;
  private volatile Map<String, long[]> lags = Map.of();

  /// A backlog that lets each partition be `bound` records behind.
  public PolledBacklog(Topics topics, Database database, long bound) {
    this.topics = topics;
    this.database = database;
    this.bound = bound;
  }

  @Override
  public boolean isFull(LogName log, int partition) {
    long[] lag = lags.get(log.topicId());
    long most = log.kind() == LogName.Kind.KAFKA ? bound : Math.min(bound, INBOX_BOUND);
    return lag != null && lag[partition] >= most;
  }

  /// How many records of this log are not booked yet; empty before the first refresh.
  public Optional<Long> total(LogName log) {
    long[] lag = lags.get(log.topicId());
    return lag == null ? Optional.empty() : Optional.of(Arrays.stream(lag).sum());
  }

  public void refresh(LogName log) {
    switch (log.kind()) {
      case KAFKA -> refreshTopic(log);
      case INBOX -> refreshInbox(log);
      case DIRECT -> {}
    }
  }

  private void refreshInbox(LogName log) {
    long[] lag = new long[log.partitions()];
    database
        .query("select partition_no, count(*) as waiting from inbox group by partition_no")
        .forEach(row -> lag[row.getInt("partition_no")] = row.getLong("waiting"));
    set(log, lag);
  }

  private void refreshTopic(LogName log) {
    long[] lag = new long[log.partitions()];
    Optional<long[]> ends = topics.ends(log.topic(), log.partitions());
    if (ends.isEmpty()) {
      return;
    }
    Map<Integer, Long> booked = new HashMap<>();
    for (Row row :
        database.query(
            "select partition_no, next_offset from queue_offsets where lane = ? and topic_id = ?",
            log.lane().getNumber(),
            log.topicId())) {
      booked.put(row.getInt("partition_no"), row.getLong("next_offset"));
    }
    for (int partition = 0; partition < lag.length; partition++) {
      lag[partition] = Math.max(0, ends.get()[partition] - booked.getOrDefault(partition, 0L));
    }
    set(log, lag);
  }

  private synchronized void set(LogName log, long[] lag) {
    Map<String, long[]> with = new HashMap<>(lags);
    with.put(log.topicId(), lag);
    lags = Map.copyOf(with);
  }
}
