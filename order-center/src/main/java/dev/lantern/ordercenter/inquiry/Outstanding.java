package dev.lantern.ordercenter.inquiry;

import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.order.Promises.Epoch;
import java.util.List;
import java.util.Optional;

/// What a user was promised and is not booked yet, as Redis A has it. One bounded read; throws
/// [dev.lantern.stores.redis.RedisUnavailableException].
@FunctionalInterface
public interface Outstanding {
  /// All of one user.
  Tokens ofUser(Lane lane, long actId);

  /// What was found.
  ///
  /// @param epoch the life of the store that this was read in; empty: silence means nothing (W2)
  record Tokens(List<AcceptedOrder> orders, Optional<Epoch> epoch) {
    public Tokens {
      orders = List.copyOf(orders);
    }
  }
}
