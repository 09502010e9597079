package dev.lantern.ordercenter.queue;

import dev.lantern.common.v1.Lane;

/// One generation of a lane's accept log.
///
/// @param topic its name, never used for another generation
/// @param topicId what Kafka calls it; two topics of one name differ in it
public record LogName(Lane lane, int generation, String topic, String topicId, int partitions) {
  private static final String KAFKA = "KAFKA:";

  public LogName {
    if (partitions < 1 || topicId.isEmpty()) {
      throw new IllegalArgumentException("not a log: " + topic);
    }
  }

  /// What `budget_leases.log` holds for leases whose records go here.
  public String leaseLog() {
    return KAFKA + topicId;
  }

  public static String topicIdOf(String leaseLog) {
    if (!leaseLog.startsWith(KAFKA)) {
      throw new IllegalArgumentException("not a Kafka log: " + leaseLog);
    }
    return leaseLog.substring(KAFKA.length());
  }

  /// The topic's id is enough, and gives the same hash in every process: an enum's does not.
  @Override
  public int hashCode() {
    return topicId.hashCode();
  }
}
