package dev.lantern.ordercenter.reconcile;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Since when orders are in the books.
public interface OrderTimes {
  /// By order number, when each was booked, or accepted where it is set aside or in the inbox;
  /// those in no table are missing. At most 500.
  Map<String, Instant> of(List<OrderKey> orders);
}
