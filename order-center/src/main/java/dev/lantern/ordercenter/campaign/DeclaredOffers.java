package dev.lantern.ordercenter.campaign;

import dev.lantern.ordercenter.order.RoundId;

/// What the trees give in a round, for those who have nothing but a token's word: it names the
/// child and the round, not the parent. As [Declared]: what an order rests on never vanishes.
public interface DeclaredOffers {
  Found offer(String childActivityId, RoundId round);

  /// What was found.
  sealed interface Found {
    /// What it gives.
    ///
    /// @param activityId the parent
    record Offered(String activityId, Offer offer) implements Found {}

    /// No activity that has ever been in effect declares it.
    record Nothing() implements Found {}

    /// This instance does not know every revision at present.
    record NotRead() implements Found {}
  }
}
