package dev.lantern.tokenservice.token;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.lantern.token.v1.RedPacketToken;
import java.util.Optional;

/// Reads the payload of a reward token strictly.
public final class RewardTokens {

  /// The longest payload signed or verified.
  public static final int MAX_BYTES = 2_048;

  private RewardTokens() {}

  /// The token in exactly these bytes; empty when they are not one: unknown, repeated or misplaced
  /// fields, bad UTF-8, or values no promise can have (nobody's, no order number, below zero).
  public static Optional<RedPacketToken> read(byte[] payload) {
    if (payload.length > MAX_BYTES
        || !StrictWire.isExactly(RedPacketToken.getDescriptor(), payload)) {
      return Optional.empty();
    }
    try {
      RedPacketToken token = RedPacketToken.parseFrom(payload);
      return isPromise(token) ? Optional.of(token) : Optional.empty();
    } catch (InvalidProtocolBufferException _) {
      return Optional.empty();
    }
  }

  private static boolean isPromise(RedPacketToken token) {
    return token.getActId() > 0
        && token.getAmount() >= 0
        && token.getLeaseId() >= 0
        && !token.getOutTradeNo().isEmpty();
  }
}
