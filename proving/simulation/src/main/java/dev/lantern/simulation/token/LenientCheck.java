package dev.lantern.simulation.token;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.present.TokenCheck;
import dev.lantern.sdk.token.KeySet;
import dev.lantern.sdk.token.TokenFormat;
import dev.lantern.sdk.token.TokenKey;
import dev.lantern.sdk.token.TokenVerdict;
import dev.lantern.token.v1.KeyPurpose;
import dev.lantern.token.v1.RedPacketToken;
import dev.lantern.token.v1.SignedToken;
import java.util.Optional;

/// Verifications that leave something out: what mutations put in place of the sound one.
public final class LenientCheck {
  private LenientCheck() {}

  /// Whatever can be read is believed.
  public static TokenCheck reading() {
    return LenientCheck::read;
  }

  /// A signature is good by whatever key of ours, in that key's own context.
  public static TokenCheck inAnyContext(TokenCheck sound, KeySet keys) {
    return token -> {
      boolean signed =
          Optional.ofNullable(keys.keys().get(token.getKeyId()))
              .filter(LenientCheck::isOfOthers)
              .filter(key -> isSigned(token, key))
              .isPresent();
      return signed ? read(token) : sound.verify(token);
    };
  }

  private static boolean isOfOthers(TokenKey key) {
    return key.lane() != Lane.LANE_LIVE || key.purpose() != KeyPurpose.KEY_PURPOSE_REWARD;
  }

  private static boolean isSigned(SignedToken token, TokenKey key) {
    byte[] payload = token.getPayload().toByteArray();
    return token.getProofCase() == SignedToken.ProofCase.SIGNATURE
        && key.check()
            .holds(
                TokenFormat.of(key.purpose(), key.lane()).plainMessage(payload),
                token.getSignature().toByteArray());
  }

  private static TokenVerdict read(SignedToken token) {
    try {
      return new TokenVerdict.Valid(RedPacketToken.parseFrom(token.getPayload()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("payloads are readable here", e);
    }
  }
}
