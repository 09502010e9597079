package dev.lantern.ordercenter.order;

import java.time.Instant;

/// What one person may still be given today.
@FunctionalInterface
public interface Allowance {
  /// Everybody may have everything.
  Allowance UNLIMITED = (_, _, _) -> true;

  /// Whether this outcome fits into the day of the request's user; if so it is reserved there,
  /// under its order number, so that a retry counts once.
  ///
  /// Throws [dev.lantern.stores.redis.RedisUnavailableException] when that is not known: nothing
  /// may be claimed then.
  boolean admits(AcceptRequest request, Outcome outcome, Instant now);
}
