package dev.lantern.ordercenter.parked;

import dev.lantern.ordercenter.settle.KnownOrder;

/// Takes the token of an order that is to be discarded out of Redis first (S5): else its user would
/// be shown, and could present, what has been ended.
@FunctionalInterface
public interface TokenWithdrawal {
  /// Removes the user's token of this number if it promises no more than the order does; a better
  /// one, or another request's, stays: it is a promise of its own.
  ///
  /// @throws dev.lantern.stores.redis.RedisUnavailableException when it is not known to be gone
  void withdraw(long actId, String orderNo, KnownOrder order);
}
