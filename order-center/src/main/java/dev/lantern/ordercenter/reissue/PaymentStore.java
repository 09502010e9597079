package dev.lantern.ordercenter.reissue;

import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.settle.BookingStore;
import dev.lantern.ordercenter.settle.Effects;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reissues as the worker pays them. Every change is conditional on the worker's [Hold] and on the
/// reissue still RUNNING.
public interface PaymentStore {
  /// Reissues that are RUNNING.
  List<Reissue> running(int limit);

  /// Takes a reissue as it was seen; empty when it has changed since.
  Optional<Hold> take(Reissue seen, String me);

  /// Moves the reissue's seq, so that nobody takes it; false when it is not ours to pay any more.
  boolean touch(Hold hold);

  /// Rows that are PENDING, the first ones.
  List<Payment> pending(Hold hold, int limit);

  /// What the books have under the payment's number; PROCESSING while it only waits in the inbox.
  Optional<OrderState> order(Payment payment);

  /// Books the payment's order and marks its row PAID, in one transaction.
  ///
  /// @return [BookingStore.Result.NotMine] when the row is not PENDING, or not ours, any more
  BookingStore.Result pay(Hold hold, Payment payment, Effects effects, Instant now);

  /// Ends a row without paying.
  void end(Hold hold, Payment payment, Payment.State state, String note);

  /// Stops paying, and says why.
  void pause(Hold hold, String note);

  /// Ends the reissue if no row is PENDING.
  void finish(Hold hold, Instant now);

  /// The right to pay a reissue's rows: true as long as its row has this owner and epoch.
  record Hold(String reissueId, String owner, long epoch) {}
}
