package dev.lantern.ordercenter.settle;

import java.util.Optional;

/// What campaigns allow one order and one person, asked once more before money moves: the backstop
/// behind what accept refuses. Answers from memory.
public interface FundLimits {
  /// No limits: what is booked is as accepted.
  FundLimits NONE =
      new FundLimits() {
        @Override
        public Optional<String> flaw(Promise promise) {
          return Optional.empty();
        }

        @Override
        public Optional<DailyCap> dailyCap(Promise promise) {
          return Optional.empty();
        }

        @Override
        public Optional<DailyCap> dailyCap(SetAsideOrder order) {
          return Optional.empty();
        }
      };

  /// What is wrong with the amount, its code first; nothing when it may be booked.
  ///
  /// @throws dev.lantern.stores.sql.StoreUnavailableException while the campaigns have not been
  ///   read: nothing is booked unjudged
  Optional<String> flaw(Promise promise);

  /// The day that an order counts towards; empty where no scene of its activity has a daily cap.
  Optional<DailyCap> dailyCap(Promise promise);

  Optional<DailyCap> dailyCap(SetAsideOrder order);
}
