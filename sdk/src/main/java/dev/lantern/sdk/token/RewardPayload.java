package dev.lantern.sdk.token;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.lantern.token.v1.RedPacketToken;
import java.util.Arrays;
import java.util.Optional;

/// Reads the payload of a reward token strictly, when it is signed as when it is presented: the
/// same money must never be readable in two ways.
public final class RewardPayload {
  private RewardPayload() {}

  /// The token in exactly these bytes; empty when they are not one: unknown, repeated or misplaced
  /// fields, numbers longer than need be or too large for their field (which readers of other
  /// languages read otherwise), fields that say nothing, bad UTF-8, or values no promise can have
  /// (nobody's, no order number, below zero).
  public static Optional<RedPacketToken> read(byte[] payload) {
    if (payload.length > TokenFormat.MAX_PAYLOAD
        || !StrictWire.isExactly(RedPacketToken.getDescriptor(), payload)) {
      return Optional.empty();
    }
    try {
      RedPacketToken token = RedPacketToken.parseFrom(payload);
      return isPromise(token) && Arrays.equals(token.toByteArray(), payload)
          ? Optional.of(token)
          : Optional.empty();
    } catch (InvalidProtocolBufferException _) {
      return Optional.empty();
    }
  }

  private static boolean isPromise(RedPacketToken token) {
    return token.getActId() > 0
        && token.getAmount() >= 0
        && token.getRequestedAmount() >= 0
        && token.getLeaseId() >= 0
        && !token.getOutTradeNo().isEmpty();
  }
}
