package dev.lantern.ordercenter.settle;

import java.time.Instant;
import java.util.Optional;

/// What campaigns allow one order and one person, asked once more before money moves: the backstop
/// behind what accept refuses. Answers from memory.
public interface FundLimits {
  /// How the reason begins of what is more than one order of its scene may come to.
  String OVER_AMOUNT = "OVER_AMOUNT_CAP";

  /// No limits: what is booked is as accepted.
  FundLimits NONE =
      new FundLimits() {
        @Override
        public Optional<String> flaw(
            String activityId, String sceneId, Instant acceptedAt, long fen) {
          return Optional.empty();
        }

        @Override
        public Optional<DailyCap> dailyCap(
            String activityId, String sceneId, long actId, Instant acceptedAt) {
          return Optional.empty();
        }
      };

  /// What is wrong with the amount of one order, its code first; nothing when it may be booked.
  ///
  /// @throws dev.lantern.stores.sql.StoreUnavailableException while the campaigns have not been
  ///   read: nothing is booked unjudged
  Optional<String> flaw(String activityId, String sceneId, Instant acceptedAt, long fen);

  /// The day that an order of a scene counts towards; empty where no scene of its activity has a
  /// daily cap.
  Optional<DailyCap> dailyCap(String activityId, String sceneId, long actId, Instant acceptedAt);

  /// The same days, counted and held against nobody: for what people have decided to pay.
  default FundLimits counting() {
    FundLimits held = this;
    return new FundLimits() {
      @Override
      public Optional<String> flaw(String activityId, String sceneId, Instant at, long fen) {
        return held.flaw(activityId, sceneId, at, fen);
      }

      @Override
      public Optional<DailyCap> dailyCap(
          String activityId, String sceneId, long actId, Instant at) {
        return held.dailyCap(activityId, sceneId, actId, at)
            .map(cap -> new DailyCap(cap.day(), DailyCap.UNLIMITED));
      }
    };
  }

  default Optional<String> flaw(Promise promise) {
    return flaw(
        promise.parentActivityId(),
        promise.orderNo().round().sceneId(),
        promise.acceptedAt(),
        promise.outcome().amount().value());
  }

  default Optional<DailyCap> dailyCap(Promise promise) {
    return dailyCap(
        promise.parentActivityId(),
        promise.orderNo().round().sceneId(),
        promise.actId(),
        promise.acceptedAt());
  }

  default Optional<DailyCap> dailyCap(SetAsideOrder order) {
    return dailyCap(order.parentActivityId(), order.sceneId(), order.actId(), order.acceptedAt());
  }
}
