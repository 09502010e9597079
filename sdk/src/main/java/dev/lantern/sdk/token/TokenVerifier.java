package dev.lantern.sdk.token;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.lantern.common.v1.Lane;
import dev.lantern.token.v1.KeyPurpose;
import dev.lantern.token.v1.MerkleProof;
import dev.lantern.token.v1.PublicKey;
import dev.lantern.token.v1.RedPacketToken;
import dev.lantern.token.v1.SignedToken;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;

/// Verifies reward tokens of one lane, offline: plain signatures, and paths to signed roots.
///
/// The context is inside what is signed, and a key is of one purpose and lane: a session, or a
/// token of the stress lane, is never taken for money. The bytes are verified exactly as they came
/// and only then read, strictly. Revocations are looked at for every token, whatever is cached.
/// Safe for use by many threads.
public final class TokenVerifier {
  private static final int USUAL_ROOTS = 4_096;

  private final KeySource keys;
  private final Lane lane;
  private final TokenFormat format;
  private final VerifiedRoots roots;
  private final InstantSource clock;

  /// @param keys as ListKeys gives them, those of other purposes and lanes included, so that their
  ///   use is told from an unknown key; they never change and do not expire
  public TokenVerifier(Collection<PublicKey> keys, Lane lane) {
    this(fixed(KeySet.of(keys)), lane, new VerifiedRoots(USUAL_ROOTS), () -> Instant.EPOCH);
  }

  /// @param roots may be shared by the verifiers of several lanes
  public TokenVerifier(KeySource keys, Lane lane, VerifiedRoots roots, InstantSource clock) {
    this.keys = keys;
    this.lane = lane;
    this.format = TokenFormat.of(KeyPurpose.KEY_PURPOSE_REWARD, lane);
    this.roots = roots;
    this.clock = clock;
  }

  /// What is put before the payload, without the zero byte: `lantern/reward/live/v1`.
  public static String context(KeyPurpose purpose, Lane lane) {
    return TokenFormat.context(purpose, lane, "/v1");
  }

  /// A token in the bytes it came in: not even around the proof may anything be unknown, twice, or
  /// written in another way than the shortest.
  public TokenVerdict verify(byte[] signedToken) {
    if (!StrictWire.isExactly(SignedToken.getDescriptor(), signedToken)) {
      return refused(TokenProblem.MALFORMED);
    }
    try {
      SignedToken token = SignedToken.parseFrom(signedToken);
      return Arrays.equals(token.toByteArray(), signedToken)
          ? verify(token)
          : refused(TokenProblem.MALFORMED);
    } catch (InvalidProtocolBufferException _) {
      return refused(TokenProblem.MALFORMED);
    }
  }

  /// A token, and whether it is presented by whom and where it may.
  public TokenVerdict verify(SignedToken token, Presentation by) {
    return switch (verify(token)) {
      case TokenVerdict.Valid valid ->
          by.against(valid.token()).<TokenVerdict>map(TokenVerdict.Refused::new).orElse(valid);
      case TokenVerdict.Refused refused -> refused;
    };
  }

  public TokenVerdict verify(SignedToken token) {
    KeySet known = keys.with(token.getKeyId());
    if (known.revoked().contains(token.getKeyId())) {
      return refused(TokenProblem.REVOKED_KEY);
    }
    TokenKey key = known.find(token.getKeyId()).orElse(null);
    if (key == null) {
      return refused(TokenProblem.UNKNOWN_KEY);
    }
    if (key.purpose() != KeyPurpose.KEY_PURPOSE_REWARD || key.lane() != lane) {
      return refused(TokenProblem.WRONG_PURPOSE);
    }
    if (!clock.instant().isBefore(key.expires())) {
      return refused(TokenProblem.EXPIRED_KEY);
    }
    if (!ProofShape.isSound(token)) {
      return refused(TokenProblem.MALFORMED);
    }
    if (!isSigned(token, key)) {
      return refused(TokenProblem.BAD_SIGNATURE);
    }
    Optional<RedPacketToken> read = RewardPayload.read(token.getPayload().toByteArray());
    if (read.isEmpty()) {
      return refused(TokenProblem.MALFORMED);
    }
    boolean ended = known.epochs().stream().anyMatch(epoch -> epoch.ends(lane, key, read.get()));
    return ended ? refused(TokenProblem.REVOKED_EPOCH) : new TokenVerdict.Valid(read.get());
  }

  private boolean isSigned(SignedToken token, TokenKey key) {
    byte[] payload = token.getPayload().toByteArray();
    return switch (token.getProofCase()) {
      case SIGNATURE ->
          key.check().holds(format.plainMessage(payload), token.getSignature().toByteArray());
      case MERKLE -> isUnderASignedRoot(token.getKeyId(), payload, token.getMerkle(), key);
      case PROOF_NOT_SET -> false;
    };
  }

  private boolean isUnderASignedRoot(
      String keyId, byte[] payload, MerkleProof proof, TokenKey key) {
    Optional<byte[]> root = ProofRoots.of(format, payload, proof);
    if (root.isEmpty()) {
      return false;
    }
    int size = proof.getTreeSize();
    ByteString signature = proof.getRootSignature();
    if (roots.holds(keyId, size, root.get(), signature)) {
      return true;
    }
    if (!key.check().holds(format.rootMessage(size, root.get()), signature.toByteArray())) {
      return false;
    }
    roots.add(keyId, size, root.get(), signature);
    return true;
  }

  private static KeySource fixed(KeySet keys) {
    return _ -> keys;
  }

  private static TokenVerdict refused(TokenProblem problem) {
    return new TokenVerdict.Refused(problem);
  }
}
