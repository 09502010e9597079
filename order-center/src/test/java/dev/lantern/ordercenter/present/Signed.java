package dev.lantern.ordercenter.present;

import com.google.protobuf.ByteString;
import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.settle.Given;
import dev.lantern.ordercenter.settle.Ledger;
import dev.lantern.sdk.token.TokenVerifier;
import dev.lantern.token.v1.KeyPurpose;
import dev.lantern.token.v1.ListKeysResponse;
import dev.lantern.token.v1.PublicKey;
import dev.lantern.token.v1.RedPacketToken;
import dev.lantern.token.v1.SignedToken;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;

/// Tokens as token-service signs them, with keys of a test's own: one for each lane.
final class Signed {
  private final KeyPair live = pair();
  private final KeyPair stress = pair();

  /// As token-service lists them.
  ListKeysResponse keys() {
    return ListKeysResponse.newBuilder()
        .addKeys(key("live-1", live, Lane.LANE_LIVE))
        .addKeys(key("stress-1", stress, Lane.LANE_STRESS))
        .build();
  }

  SignedToken of(Given given) {
    return of(payload(given), Lane.LANE_LIVE);
  }

  SignedToken of(RedPacketToken payload, Lane lane) {
    ByteString bytes = payload.toByteString();
    KeyPair pair = lane == Lane.LANE_LIVE ? live : stress;
    String context = TokenVerifier.context(KeyPurpose.KEY_PURPOSE_REWARD, lane) + "\0";
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initSign(pair.getPrivate());
      ed25519.update(context.getBytes(StandardCharsets.US_ASCII));
      ed25519.update(bytes.toByteArray());
      return SignedToken.newBuilder()
          .setPayload(bytes)
          .setKeyId(lane == Lane.LANE_LIVE ? "live-1" : "stress-1")
          .setSignature(ByteString.copyFrom(ed25519.sign()))
          .build();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static RedPacketToken payload(Given given) {
    return RedPacketToken.newBuilder()
        .setAppId(1)
        .setActId(given.actId())
        .setActivityId(Ledger.child())
        .setSceneId(given.orderNo().round().sceneId())
        .setAmount(given.fen())
        .setOutTradeNo(given.orderNo().text())
        .setOpenTime(given.proto().getOpenTime())
        .setRainId(given.rainId())
        .setLeaseId(given.lease())
        .setRequestedAmount(given.requested())
        .build();
  }

  private static PublicKey key(String id, KeyPair pair, Lane lane) {
    byte[] x509 = pair.getPublic().getEncoded();
    return PublicKey.newBuilder()
        .setKeyId(id)
        .setPurpose(KeyPurpose.KEY_PURPOSE_REWARD)
        .setLane(lane)
        .setEd25519(ByteString.copyFrom(Arrays.copyOfRange(x509, x509.length - 32, x509.length)))
        .setCurrent(true)
        .build();
  }

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
