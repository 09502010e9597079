package dev.lantern.bench;

import com.google.protobuf.ByteString;
import dev.lantern.common.v1.Lane;
import dev.lantern.sdk.token.TokenFormat;
import dev.lantern.sdk.token.TokenVerdict;
import dev.lantern.sdk.token.TokenVerifier;
import dev.lantern.token.v1.KeyPurpose;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.tokenservice.signing.LoadedKey;
import dev.lantern.tokenservice.token.BatchSigner;
import io.jsonwebtoken.Jwts;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/// Signing and verifying in this process, by token-service's and the SDK's own classes, and the
/// ways that stand beside them. For one thread.
public final class TokenWork {
  /// What one call of [#signSingly] signs.
  public static final int SINGLES = 16;

  private static final int ROOTS = 64;

  private final TokenKeys keys;
  private final LoadedKey key;
  private final int treeSize;
  private final BatchSigner signer;
  private final List<ByteString> payloads;
  private final List<byte[]> messages;
  private final KeyPair jwtKey = Jwts.SIG.EdDSA.keyPair().build();
  private final List<SignedToken> inTrees = new ArrayList<>();
  private final List<SignedToken> alone = new ArrayList<>();
  private final List<String> jwts = new ArrayList<>();
  private final TokenVerifier verifier;
  private int turn;

  private TokenWork(TokenKeys keys, int treeSize) {
    this.keys = keys;
    this.key = keys.rewards();
    this.treeSize = treeSize;
    this.signer = keys.signer(Lane.LANE_LIVE, treeSize);
    this.payloads = TokenKeys.payloads(0, treeSize);
    var format = TokenFormat.of(KeyPurpose.KEY_PURPOSE_REWARD, Lane.LANE_LIVE);
    this.messages =
        payloads.stream()
            .limit(SINGLES)
            .map(payload -> format.plainMessage(payload.toByteArray()))
            .toList();
    this.verifier = keys.verifier(4 * ROOTS);
    for (int i = 0; i < ROOTS; i++) {
      inTrees.addAll(
          signer.sign(key, TokenKeys.payloads(1_000L * i, treeSize)).getFirst().tokens());
      alone.addAll(signer.sign(key, TokenKeys.payloads(i, 1)).getFirst().tokens());
      jwts.add(jwt(i));
    }
  }

  public static TokenWork fresh(SecureRandom random, int treeSize) {
    return new TokenWork(TokenKeys.fresh(random), treeSize);
  }

  public String engine() {
    return keys.engine();
  }

  /// Makes a tree's tokens; how many these are.
  public int signTree() {
    return signer.sign(key, payloads).getFirst().tokens().size();
  }

  /// Signs as many messages one by one, by the same provider; how many these are.
  public int signSingly() {
    return key.sign(messages).size();
  }

  /// Makes one JWT of the same claims.
  public int signJwt() {
    return jwt(turn++).isEmpty() ? 0 : 1;
  }

  /// Verifies a token whose root was verified before; 0 if it does not hold.
  public int verifyInTree() {
    return verify(inTrees);
  }

  /// Verifies a token with a signature of its own; 0 if it does not hold.
  public int verifyAlone() {
    return verify(alone);
  }

  /// Verifies a JWT; 0 if it does not hold.
  public int verifyJwt() {
    String jwt = jwts.get(turn++ % jwts.size());
    return Jwts.parser()
            .verifyWith(jwtKey.getPublic())
            .build()
            .parseSignedClaims(jwt)
            .getPayload()
            .isEmpty()
        ? 0
        : 1;
  }

  /// What a token carries beside its payload and key id, in bytes.
  public int proofBytes() {
    return proofBytes(inTrees.getFirst());
  }

  /// The same of one that was signed alone.
  public int plainProofBytes() {
    return proofBytes(alone.getFirst());
  }

  /// Leaves of a tree.
  public int treeSize() {
    return treeSize;
  }

  private static int proofBytes(SignedToken token) {
    return token.toBuilder().clearPayload().clearKeyId().build().getSerializedSize();
  }

  private int verify(List<SignedToken> tokens) {
    SignedToken token = tokens.get(turn++ % tokens.size());
    return verifier.verify(token) instanceof TokenVerdict.Valid ? 1 : 0;
  }

  private String jwt(int i) {
    var token = TokenKeys.token(i);
    return Jwts.builder()
        .header()
        .keyId(key.key().id().value())
        .and()
        .subject(Long.toString(token.getActId()))
        .claim("app_id", token.getAppId())
        .claim("activity_id", token.getActivityId())
        .claim("scene_id", token.getSceneId())
        .claim("rain_id", token.getRainId())
        .claim("amount", token.getAmount())
        .claim("out_trade_no", token.getOutTradeNo())
        .claim("lease_id", Long.toString(token.getLeaseId()))
        .signWith(jwtKey.getPrivate())
        .compact();
  }
}
