package dev.lantern.ordercenter.settle;

import com.google.protobuf.ByteString;
import dev.lantern.ordercenter.order.Fingerprint;
import java.util.Comparator;

/// What makes a conflict one conflict, however often its record comes (A5).
///
/// @param outcome SHA-256 of what was promised
public record ConflictKey(String orderNo, Fingerprint fingerprint, ByteString outcome) {
  /// The order in which rows are locked.
  static final Comparator<ConflictKey> BY_KEY =
      Comparator.comparing(ConflictKey::orderNo)
          .thenComparing(
              key -> key.fingerprint().sha256(), ByteString.unsignedLexicographicalComparator())
          .thenComparing(ConflictKey::outcome, ByteString.unsignedLexicographicalComparator());
}
