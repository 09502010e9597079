package dev.lantern.sdk.wallet;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Objects;

/// Where a flow stands: by its acceptance, then its number. It does not change when the order is
/// booked, parked or discarded; that is what makes paging stable.
///
/// @param acceptedAt to the microsecond
/// @param entry empty for the order itself; for a conflict (A5), whose number is also the order's,
///   what tells it apart: 128 hex digits, its fingerprint and outcome
public record FlowPosition(Instant acceptedAt, String orderNo, String entry)
    implements Comparable<FlowPosition> {

  /// Digits of a conflict's entry.
  public static final int ENTRY_DIGITS = 128;

  private static final Comparator<FlowPosition> OLDEST_FIRST =
      Comparator.comparing(FlowPosition::acceptedAt)
          .thenComparing(FlowPosition::orderNo)
          .thenComparing(FlowPosition::entry);

  public FlowPosition {
    Objects.requireNonNull(orderNo);
    if (!entry.isEmpty() && entry.length() != ENTRY_DIGITS) {
      throw new IllegalArgumentException("an entry is empty or a fingerprint and an outcome");
    }
    acceptedAt = acceptedAt.truncatedTo(ChronoUnit.MICROS);
  }

  /// An order's own place.
  public static FlowPosition ofOrder(Instant acceptedAt, String orderNo) {
    return new FlowPosition(acceptedAt, orderNo, "");
  }

  /// Newest first.
  @Override
  public int compareTo(FlowPosition other) {
    return OLDEST_FIRST.compare(other, this);
  }

  /// Whether this comes after `other` in a list that has the newest first.
  public boolean isAfter(FlowPosition other) {
    return compareTo(other) > 0;
  }
}
