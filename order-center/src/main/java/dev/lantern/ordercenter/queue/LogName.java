package dev.lantern.ordercenter.queue;

import dev.lantern.common.v1.Lane;
import java.util.Locale;

/// Where accepted orders of a lane are written: one generation of its Kafka log, or the ledger
/// itself.
///
/// @param topic its name, never used for another generation
/// @param topicId what Kafka calls it; two topics of one name differ in it
public record LogName(Lane lane, int generation, String topic, String topicId, int partitions) {
  private static final String KAFKA = "KAFKA:";
  private static final String INBOX = "INBOX";
  private static final String DIRECT = "DIRECT";

  /// What stands behind it; fixed for a lease at its grant (L1).
  public enum Kind {
    /// A topic.
    KAFKA,
    /// The table `inbox`, drained as a topic is (S6).
    INBOX,
    /// None: an order is booked within its call.
    DIRECT
  }

  public LogName {
    if (partitions < 1 || topicId.isEmpty()) {
      throw new IllegalArgumentException("not a log: " + topic);
    }
  }

  /// The lane's inbox. Its partitions are those of the lane's topics: a user's orders belong to one
  /// partition number, wherever they were accepted.
  public static LogName inbox(Lane lane, int partitions) {
    return new LogName(lane, 0, "inbox", INBOX, partitions);
  }

  /// No log at all.
  public static LogName direct(Lane lane, int partitions) {
    return new LogName(lane, 0, "direct", DIRECT, partitions);
  }

  /// How a lane is written in topics' names and records' headers: `live`, `stress`.
  public static String word(Lane lane) {
    return lane.name().replace("LANE_", "").toLowerCase(Locale.ROOT);
  }

  public Kind kind() {
    return switch (topicId) {
      case INBOX -> Kind.INBOX;
      case DIRECT -> Kind.DIRECT;
      default -> Kind.KAFKA;
    };
  }

  /// What `budget_leases.log` holds for leases whose records go here.
  public String leaseLog() {
    return switch (kind()) {
      case KAFKA -> KAFKA + topicId;
      case INBOX, DIRECT -> topicId;
    };
  }

  /// What `budget_leases.log` tells of a log.
  public static Kind kindOf(String leaseLog) {
    return switch (leaseLog) {
      case INBOX -> Kind.INBOX;
      case DIRECT -> Kind.DIRECT;
      default -> Kind.KAFKA;
    };
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
