package dev.lantern.ordercenter;

import java.time.Duration;

/// Where the accept log is and how long we wait for it. `partitions` and `replication` hold for
/// topics this service creates.
///
/// @param appendTimeout how long a call waits for its record's acknowledgement before it says
///   OUTCOME_UNKNOWN
/// @param deliveryTimeout how long the producer goes on delivering, whether or not a call still
///   waits: a record that comes moments late is then booked all the same and its retry finds it,
///   where giving the batch up would make every call in it append again
public record KafkaConfig(
    String bootstrapServers,
    int partitions,
    int replication,
    Duration linger,
    Duration appendTimeout,
    Duration deliveryTimeout,
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
    if (deliveryTimeout.compareTo(appendTimeout) < 0) {
      throw new IllegalArgumentException("delivery_timeout must not be below append_timeout");
    }
  }
}
