package dev.lantern.ordercenter.settle;

import com.google.protobuf.ByteString;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.order.Worth;

/// What the books already say of an order number, whatever its state: a discarded order is known,
/// too.
///
/// @param fingerprint 32 bytes; zeros where the record could not be read
/// @param worth of what was promised: of the thing, too, where its downstream has refused and
///   something else was given instead
public record KnownOrder(ByteString fingerprint, Worth worth) {
  /// Of money, or of a MESSAGE.
  public KnownOrder(ByteString fingerprint, Fen amount) {
    this(fingerprint, new Worth(amount, false, false));
  }

  public static KnownOrder of(Promise promise) {
    return new KnownOrder(promise.fingerprint().sha256(), promise.outcome().worth());
  }

  /// A5: whether a further record of the number changes nothing: the same request, promised nothing
  /// better.
  public boolean covers(Promise promise) {
    return fingerprint.equals(promise.fingerprint().sha256())
        && !promise.outcome().worth().isMoreThan(worth);
  }

  /// Whether a further record is another request altogether, not only a better promise.
  public boolean isAnotherRequestThan(Promise promise) {
    return !fingerprint.equals(promise.fingerprint().sha256());
  }
}
