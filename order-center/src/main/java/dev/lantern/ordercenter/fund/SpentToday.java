package dev.lantern.ordercenter.fund;

import dev.lantern.ordercenter.settle.DailyCap;
import java.time.Instant;
import java.util.Map;

/// What a person was promised on a day, as the ledger and the tokens tell it: asked only where
/// Redis does not know the day.
public interface SpentToday {
  /// By order number, in fen: booked, set aside, in the inbox or outstanding.
  ///
  /// @param from when the day begins
  /// @param to when it ends
  Map<String, Long> of(DailyCap.Day day, Instant from, Instant to);

  /// The same without what is outstanding in Redis alone: for who goes without it.
  Map<String, Long> ofLedger(DailyCap.Day day, Instant from, Instant to);
}
