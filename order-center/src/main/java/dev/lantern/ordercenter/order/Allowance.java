package dev.lantern.ordercenter.order;

import java.time.Instant;

/// What one person may still be given today.
@FunctionalInterface
public interface Allowance {
  /// Everybody may have everything.
  Allowance UNLIMITED = (_, _, _, _) -> true;

  /// Whether this outcome fits into the day of the request's user; if so it is reserved there,
  /// under its order number, so that a retry counts once. In a mode without claims nothing is
  /// reserved: the ledger is asked, and of orders that race for the rest of a day the booking lets
  /// through what fits.
  ///
  /// Throws [dev.lantern.stores.redis.RedisUnavailableException] or
  /// [dev.lantern.stores.sql.StoreException] when that is not known: nothing may be promised then.
  boolean admits(AcceptRequest request, Outcome outcome, Mode mode, Instant now);

  /// Whether [#admits] would say so whatever the outcome, without asking anybody.
  default boolean isUnlimited(AcceptRequest request, Instant now) {
    return this == UNLIMITED;
  }
}
