package dev.lantern.ordercenter.settle;

import com.google.protobuf.ByteString;
import dev.lantern.ordercenter.order.Fen;

/// What the books already say of an order number, whatever its state: a discarded order is known,
/// too.
///
/// @param fingerprint 32 bytes; zeros where the record could not be read
public record KnownOrder(ByteString fingerprint, Fen amount) {
  public static KnownOrder of(Promise promise) {
    return new KnownOrder(promise.fingerprint().sha256(), promise.outcome().amount());
  }

  /// A5: whether a further record of the number changes nothing: the same request, promised nothing
  /// better.
  public boolean covers(Promise promise) {
    return fingerprint.equals(promise.fingerprint().sha256())
        && promise.outcome().amount().compareTo(amount) <= 0;
  }

  /// Whether a further record is another request altogether, not only a better promise.
  public boolean isAnotherRequestThan(Promise promise) {
    return !fingerprint.equals(promise.fingerprint().sha256());
  }
}
