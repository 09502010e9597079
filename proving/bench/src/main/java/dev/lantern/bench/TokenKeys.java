package dev.lantern.bench;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.lantern.common.v1.Lane;
import dev.lantern.sdk.token.RootLink;
import dev.lantern.sdk.token.TokenFormat;
import dev.lantern.sdk.token.TokenVerifier;
import dev.lantern.sdk.token.VerifiedRoots;
import dev.lantern.token.v1.KeyPurpose;
import dev.lantern.token.v1.RedPacketToken;
import dev.lantern.tokenservice.control.Decisions;
import dev.lantern.tokenservice.keys.KeyLane;
import dev.lantern.tokenservice.keys.KeyScope;
import dev.lantern.tokenservice.keys.Purpose;
import dev.lantern.tokenservice.keys.SigningKey;
import dev.lantern.tokenservice.signing.EngineChoice;
import dev.lantern.tokenservice.signing.EngineKind;
import dev.lantern.tokenservice.signing.KeyRing;
import dev.lantern.tokenservice.signing.LoadedKey;
import dev.lantern.tokenservice.token.BatchSigner;
import dev.lantern.tokenservice.token.LaneSigner;
import dev.lantern.tokenservice.token.ServiceKeys;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Fresh keys in the fastest engine of this machine, as token-service has them, and what is signed
/// and verified with them.
final class TokenKeys {
  static final Instant NOW = Instant.parse("2027-01-01T12:00:00Z");

  private static final Duration TOKEN_LIFE = Duration.ofDays(90);

  private final KeyRing ring;
  private final SecureRandom random;

  private TokenKeys(KeyRing ring, SecureRandom random) {
    this.ring = ring;
    this.random = random;
  }

  static TokenKeys fresh(SecureRandom random) {
    List<SigningKey> keys =
        KeyScope.all().stream().map(scope -> SigningKey.generate(scope, NOW)).toList();
    var engine = EngineChoice.of(List.of(EngineKind.values())).engine();
    return new TokenKeys(KeyRing.load(engine, keys), random);
  }

  String engine() {
    return ring.engine().describe();
  }

  LoadedKey of(Purpose purpose, KeyLane lane) {
    return ring.current(new KeyScope(purpose, lane), NOW);
  }

  LoadedKey rewards() {
    return of(Purpose.REWARD, KeyLane.LIVE);
  }

  BatchSigner signer(Lane lane, int treeSize) {
    return new BatchSigner(TokenFormat.of(KeyPurpose.KEY_PURPOSE_REWARD, lane), random, treeSize);
  }

  TokenVerifier verifier(int roots) {
    return new TokenVerifier(
        new ServiceKeys(() -> ring, () -> Decisions.NONE, TOKEN_LIFE),
        Lane.LANE_LIVE,
        new VerifiedRoots(roots),
        () -> NOW);
  }

  /// A payload as order-center makes them, some 110 bytes.
  static RedPacketToken token(long actId) {
    return RedPacketToken.newBuilder()
        .setAppId(3)
        .setActId(actId)
        .setActivityId("spring-demo-official")
        .setSceneId("rain-a7f3")
        .setAmount(88)
        .setOutTradeNo(actId + "_rain-a7f3_1_1_3")
        .setOpenTime(Timestamp.newBuilder().setSeconds(NOW.getEpochSecond()).setNanos(5))
        .setRainId(1)
        .setLeaseId(4_611_686_018_427_387_904L)
        .build();
  }

  static List<ByteString> payloads(long from, int count) {
    List<ByteString> payloads = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      payloads.add(token(1_000_000_000L + from + i).toByteString());
    }
    return payloads;
  }

  static List<LaneSigner.Item> items(long from, int count) {
    List<LaneSigner.Item> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      RedPacketToken token = token(1_000_000_000L + from + i);
      items.add(
          new LaneSigner.Item(
              token.toByteString(),
              ByteString.copyFrom(RootLink.orderDigest(token.getOutTradeNo()))));
    }
    return items;
  }
}
