package dev.lantern.ordercenter.settle;

import com.google.protobuf.ByteString;
import dev.lantern.order.v1.AwardType;
import dev.lantern.ordercenter.order.Awards;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.order.Worth;
import dev.lantern.stores.sql.Row;

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

  /// What [#read] wants of `orders`.
  public static final String COLUMNS = "fingerprint, given_type, amount_fen, fallback, compensated";

  /// The order in a row selected with [#COLUMNS]. Only a thing is ever compensated, and only a main
  /// reward.
  public static KnownOrder read(Row row) {
    ByteString fingerprint = ByteString.copyFrom(row.getBytes("fingerprint"));
    if (row.getBoolean("compensated")) {
      return new KnownOrder(fingerprint, new Worth(Fen.ZERO, true, false));
    }
    AwardType given = AwardType.forNumber(row.getInt("given_type"));
    return new KnownOrder(
        fingerprint,
        new Worth(
            Fen.of(row.getLong("amount_fen")),
            given != null && Awards.isThing(given),
            row.getBoolean("fallback")));
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
