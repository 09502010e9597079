package dev.lantern.cli.command;

import dev.lantern.order.v1.CloseLeasesResponse;
import dev.lantern.order.v1.Lease;

/// Leases as a terminal shows them.
final class LeaseLines {
  private LeaseLines() {}

  static String lease(Lease lease) {
    return "%-20d  %-8s  slice %10d  booked %10d  fenced %d of %d  %s%s"
        .formatted(
            lease.getLeaseId(),
            lease.getState().name().replace("LEASE_STATE_", ""),
            lease.getSlice(),
            lease.getBooked(),
            lease.getFencedPartitions(),
            lease.getPartitions(),
            lease.getHolder(),
            lease.hasWindowEndTime()
                ? "  window ended " + Printed.time(lease.getWindowEndTime())
                : "");
  }

  static String closing(CloseLeasesResponse response) {
    String ended =
        response.getEndedCount() == 0 ? "" : response.getEndedCount() + " windows ended, ";
    String frozen =
        response.getFrozenCount() == 0
            ? ""
            : " " + response.getFrozenCount() + " frozen, their window open.";
    return response.getMarkedCount()
        + " marked, "
        + ended
        + response.getUnclosedCount()
        + " not closed yet."
        + frozen;
  }
}
