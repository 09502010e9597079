package dev.lantern.ordercenter.fund;

import dev.lantern.ordercenter.settle.DailyCap;
import java.time.Instant;
import java.util.Map;

/// What a person was promised on a day, as the ledger and the tokens tell it: asked only after a
/// loss of Redis.
@FunctionalInterface
public interface SpentToday {
  /// By order number, in fen: booked, set aside, in the inbox or outstanding.
  ///
  /// @param from when the day begins
  /// @param to when it ends
  Map<String, Long> of(DailyCap.Day day, Instant from, Instant to);
}
