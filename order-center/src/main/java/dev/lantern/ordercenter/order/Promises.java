package dev.lantern.ordercenter.order;

import dev.lantern.acceptlog.v1.StoredToken;
import dev.lantern.common.v1.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Claims and tokens: what is remembered of an order number until it is booked. Lives in Redis A
/// and can be lost at any time; money never rests on it alone.
///
/// Each call is one atomic step with a deadline of its own, and safe to be carried out twice. It
/// throws [dev.lantern.stores.redis.RedisUnavailableException] when the answer did not come; the
/// step may then have happened, or may yet happen.
public interface Promises {
  /// Reads token, claim and the epoch of the user's bucket, in one step.
  Look look(Lane lane, OrderNo orderNo);

  /// Writes the claim if there is none. Returns the one that stands: this very one, or an earlier.
  Claim.Seen claim(Lane lane, OrderNo orderNo, Claim claim, Instant expiresAt);

  /// Replaces the claim if it still is the one seen, keeping its expiry. Returns the one that
  /// stands; empty when there is none any more.
  Optional<Claim.Seen> replace(Lane lane, OrderNo orderNo, Claim.Seen seen, Claim by);

  /// Writes the token if there is none; returns the one that stands.
  StoredToken keep(Lane lane, OrderNo orderNo, StoredToken token);

  /// Replaces a token if it still is the one seen. Returns the one that stands; empty when there is
  /// none any more: its order has been booked.
  Optional<StoredToken> improve(Lane lane, OrderNo orderNo, StoredToken seen, StoredToken by);

  /// [#look] at many numbers together; in their order. When it throws, any of the steps may have
  /// happened; the same holds for the other two.
  default List<Look> lookAll(Lane lane, List<OrderNo> orderNos) {
    return orderNos.stream().map(orderNo -> look(lane, orderNo)).toList();
  }

  /// [#claim] for many numbers together.
  default List<Claim.Seen> claimAll(Lane lane, List<Claiming> claims) {
    return claims.stream()
        .map(it -> claim(lane, it.orderNo(), it.claim(), it.expiresAt()))
        .toList();
  }

  /// [#keep] for many numbers together.
  default List<StoredToken> keepAll(Lane lane, List<Keeping> tokens) {
    return tokens.stream().map(it -> keep(lane, it.orderNo(), it.token())).toList();
  }

  /// A claim to be written.
  record Claiming(OrderNo orderNo, Claim claim, Instant expiresAt) {}

  /// A token to be kept.
  record Keeping(OrderNo orderNo, StoredToken token) {}

  /// What is remembered of a number.
  ///
  /// @param epoch the life of the store that this was read in; empty when the bucket has none, or
  ///   one of another server: then silence means nothing (W2)
  record Look(Optional<StoredToken> token, Optional<Claim.Seen> claim, Optional<Epoch> epoch) {
    /// How far the clocks of two machines may differ, with room to spare.
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(10);

    /// Whether something that happened since `instant` may have been lost by the store.
    ///
    /// A life's beginning is what the wall clock of another machine said then: one that seems a
    /// little older counts as younger, too. Else a round that opened just before the loss would
    /// take its silence for proof, and a booked order would be promised again.
    public boolean youngerThan(Instant instant) {
      return epoch.isEmpty() || !epoch.get().setAt().plus(CLOCKS_DIFFER).isBefore(instant);
    }
  }

  /// One life of the store.
  record Epoch(String id, Instant setAt) {}
}
