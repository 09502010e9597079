package dev.lantern.ordercenter.settle;

import java.util.List;
import java.util.function.Supplier;

/// Continues the traces of the orders of a group to its commit, so that one trace leads from the
/// edge to the ledger.
public interface BookingTrace {
  /// Runs the booking of a group inside its span.
  GroupBooking.Outcome of(
      PartitionId partition, List<LogRecord> group, Supplier<GroupBooking.Outcome> booking);
}
