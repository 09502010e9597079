package dev.lantern.sdk.token;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.lantern.common.v1.Lane;
import dev.lantern.token.v1.KeyPurpose;
import dev.lantern.token.v1.PublicKey;
import dev.lantern.token.v1.RedPacketToken;
import dev.lantern.token.v1.SignedToken;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Verifies reward tokens of one lane: Ed25519 over `context || 0x00 || payload`, where the context
/// is `lantern/<purpose>/<lane>/v1`.
///
/// The context is inside what is signed, and a key is of one purpose and lane: a session, or a
/// token of the stress lane, is never taken for money. Safe for use by many threads.
public final class TokenVerifier {
  private static final int SIGNATURE_BYTES = 64;

  private final Map<String, Key> keys;
  private final byte[] contextAndZero;
  private final Lane lane;

  private record Key(KeyPurpose purpose, Lane lane, java.security.PublicKey ed25519) {}

  /// @param keys as ListKeys gives them, those of other purposes and lanes included, so that their
  ///   use is told from an unknown key
  public TokenVerifier(Collection<PublicKey> keys, Lane lane) {
    this.keys =
        keys.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    PublicKey::getKeyId,
                    key ->
                        new Key(
                            key.getPurpose(),
                            key.getLane(),
                            Ed25519Keys.ofRaw(key.getEd25519().toByteArray()))));
    this.lane = lane;
    this.contextAndZero =
        (context(KeyPurpose.KEY_PURPOSE_REWARD, lane) + "\0").getBytes(StandardCharsets.US_ASCII);
  }

  /// What is put before the payload, without the zero byte: `lantern/reward/live/v1`.
  public static String context(KeyPurpose purpose, Lane lane) {
    return "lantern/%s/%s/v1"
        .formatted(word(purpose.name(), "KEY_PURPOSE_"), word(lane.name(), "LANE_"));
  }

  public TokenVerdict verify(SignedToken token) {
    Key key = keys.get(token.getKeyId());
    if (key == null) {
      return new TokenVerdict.Refused(TokenProblem.UNKNOWN_KEY);
    }
    if (key.purpose() != KeyPurpose.KEY_PURPOSE_REWARD || key.lane() != lane) {
      return new TokenVerdict.Refused(TokenProblem.WRONG_PURPOSE);
    }
    if (!token.hasSignature() || token.getSignature().size() != SIGNATURE_BYTES) {
      return new TokenVerdict.Refused(TokenProblem.MALFORMED);
    }
    byte[] payload = token.getPayload().toByteArray();
    if (!isSignedBy(key.ed25519(), payload, token.getSignature().toByteArray())) {
      return new TokenVerdict.Refused(TokenProblem.BAD_SIGNATURE);
    }
    return parsed(payload)
        .<TokenVerdict>map(TokenVerdict.Valid::new)
        .orElseGet(() -> new TokenVerdict.Refused(TokenProblem.MALFORMED));
  }

  private boolean isSignedBy(java.security.PublicKey key, byte[] payload, byte[] signature) {
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initVerify(key);
      ed25519.update(contextAndZero);
      ed25519.update(payload);
      return ed25519.verify(signature);
    } catch (SignatureException notASignature) {
      return false; // bytes that cannot be one: a point or a scalar out of range
    } catch (NoSuchAlgorithmException | InvalidKeyException absent) {
      throw new IllegalStateException("every JDK verifies Ed25519", absent);
    }
  }

  private static Optional<RedPacketToken> parsed(byte[] payload) {
    try {
      return Optional.of(RedPacketToken.parseFrom(payload));
    } catch (InvalidProtocolBufferException broken) {
      return Optional.empty();
    }
  }

  private static String word(String name, String prefix) {
    return name.substring(prefix.length()).toLowerCase(Locale.ROOT);
  }
}
