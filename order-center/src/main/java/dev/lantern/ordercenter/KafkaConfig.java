package dev.lantern.ordercenter;

import java.time.Duration;

/// Where the accept log is and how long we wait for it. `partitions` and `replication` hold for
/// topics this service creates.
public record KafkaConfig(
    String bootstrapServers,
    int partitions,
    int replication,
    Duration linger,
    Duration appendTimeout,
    Duration adminTimeout) {
  public KafkaConfig {
    if (partitions < 1 || partitions > 1024) {
      throw new IllegalArgumentException("partitions must be 1..1024, not " + partitions);
    }
    if (replication < 1 || replication > 9) {
      throw new IllegalArgumentException("replication must be 1..9, not " + replication);
    }
    if (appendTimeout.compareTo(linger.plusMillis(100)) < 0) {
      throw new IllegalArgumentException("append_timeout must exceed linger by 100ms");
    }
  }
}
