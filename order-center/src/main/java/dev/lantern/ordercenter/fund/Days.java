package dev.lantern.ordercenter.fund;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.settle.DailyCap;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What persons were promised on their days, by order number, so that a retry counts once. Lives in
/// Redis A and can be lost; money never rests on it alone.
///
/// One atomic step, safe to be carried out twice. Throws
/// [dev.lantern.stores.redis.RedisUnavailableException] when the answer did not come.
public interface Days {
  /// Reserves an order's amount in its user's day if the day has room for it.
  ///
  /// @param seed what is known from elsewhere, to be remembered first; empty: nothing was asked
  Reserved reserve(Reservation reservation, Optional<Map<String, Long>> seed);

  /// What is asked for.
  ///
  /// @param begins when the day begins, and `ends` when it ends
  record Reservation(
      Lane lane, DailyCap cap, String orderNo, long fen, Instant begins, Instant ends) {}

  /// What came of it.
  enum Reserved {
    /// It fits, and is reserved.
    ADMITTED,
    /// It would go over the cap; nothing was changed.
    OVER,
    /// This store may have lost what it knew of the day: ask elsewhere, and bring it as seed.
    UNSURE
  }
}
