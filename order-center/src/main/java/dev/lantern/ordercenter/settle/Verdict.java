package dev.lantern.ordercenter.settle;

import java.time.Instant;

/// What becomes of one record. Every acknowledged promise ends in one of these; none is dropped.
public sealed interface Verdict {
  LogRecord record();

  /// A verdict on a record that could be read.
  sealed interface OnPromise extends Verdict {
    Promise promise();
  }

  /// The order is booked: row, posting, balance.
  ///
  /// @param countedLease the lease that counts its unit: its own, or (L6) another; 0 without budget
  record Book(LogRecord record, Promise promise, long countedLease) implements OnPromise {}

  /// The order waits for an operator, its unit counted.
  ///
  /// @param countedLease 0 also when a unit was needed and none was to be had (L6)
  record Park(LogRecord record, Promise promise, long countedLease, String reason)
      implements OnPromise {}

  /// The order is tried again by itself, its unit counted.
  record Retry(LogRecord record, Promise promise, String reason, Instant nextAt)
      implements OnPromise {}

  /// The number is an order already, by another request or for less (A5): kept beside it.
  record Conflict(LogRecord record, Promise promise, long countedLease, ConflictReason reason)
      implements OnPromise {}

  /// The number is an order already and this adds nothing, or this conflict is known.
  record Known(LogRecord record, Promise promise) implements OnPromise {}

  /// Its lease is fenced: it was never acknowledged, or its token will be forced (L5).
  record Voided(LogRecord record, Promise promise) implements OnPromise {}

  /// Nothing can be read but key and header: parked with its bytes.
  record ParkUnreadable(LogRecord.Unreadable record) implements Verdict {}

  /// An unreadable record whose number is in the books already.
  record KnownUnreadable(LogRecord.Unreadable record) implements Verdict {}

  /// Whether after the commit the record's own token may leave Redis (S5). Not for a void one: its
  /// token, if there is one, is all that is left of the promise.
  default boolean handlesItsToken() {
    return switch (this) {
      case Book _, Park _, Retry _, Conflict _, Known _ -> true;
      case Voided _, ParkUnreadable _, KnownUnreadable _ -> false;
    };
  }

  enum ConflictReason {
    /// Another request holds the number.
    ORDER_CONFLICT,
    /// The same request was promised more here.
    OUTCOME_CONFLICT
  }
}
