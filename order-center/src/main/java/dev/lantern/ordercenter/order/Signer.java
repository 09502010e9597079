package dev.lantern.ordercenter.order;

import com.google.protobuf.ByteString;
import dev.lantern.common.v1.Lane;
import dev.lantern.token.v1.SignedToken;
import java.util.List;

/// Signs reward tokens. The same payload under the same key gives the same bytes.
@FunctionalInterface
public interface Signer {
  /// Signs one payload, within a deadline of its own.
  ///
  /// While token-service is switched off, or the lane's signing is halted there, it gives the
  /// payload alone, without proof; such a token is never handed to a client.
  ///
  /// @throws dev.lantern.runtime.errors.Refused with DEPENDENCY_DOWN when it cannot
  SignedToken sign(Lane lane, ByteString payload);

  /// [#sign] for many payloads of one lane together; in their order, all or none.
  default List<SignedToken> signAll(Lane lane, List<ByteString> payloads) {
    return payloads.stream().map(payload -> sign(lane, payload)).toList();
  }
}
