package dev.lantern.ordercenter.closing;

import dev.lantern.ordercenter.budget.LeaseState;
import dev.lantern.ordercenter.queue.LogName;
import java.time.Duration;
import java.util.Optional;

/// A lease that has not returned its rest yet, with its partitions summed.
///
/// @param log what its records are in: `KAFKA:{topic id}`, INBOX or DIRECT
/// @param partitions how many `lease_booked` rows it has
/// @param withoutEnd how many of them have no queue end yet
/// @param fenced how many of them are fenced
/// @param booked units booked and parked, all partitions
public record UnclosedLease(
    long leaseId,
    String budgetId,
    long slice,
    String log,
    Duration leaseTime,
    LeaseState state,
    long seq,
    int partitions,
    int withoutEnd,
    int fenced,
    long booked) {
  /// What its records are in.
  LogName.Kind logKind() {
    return LogName.kindOf(log);
  }

  /// The id of the topic its records are in; empty when they are in none.
  public Optional<String> topicId() {
    return switch (logKind()) {
      case KAFKA -> Optional.of(LogName.topicIdOf(log));
      case INBOX, DIRECT -> Optional.empty();
    };
  }
}
