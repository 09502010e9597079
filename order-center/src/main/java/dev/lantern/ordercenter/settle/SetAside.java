package dev.lantern.ordercenter.settle;

import java.time.Instant;

/// How a group's new orders are to be set down when booking them has failed: a group that has been
/// halved down to one record is set aside instead of booked (S4).
public sealed interface SetAside {
  /// Book them.
  record Nothing() implements SetAside {}

  /// Wait for an operator.
  record ParkAs(String reason) implements SetAside {}

  /// Try again by itself later.
  record RetryAs(String reason, Instant nextAt) implements SetAside {}
}
