package dev.lantern.sdk.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.lantern.common.v1.Lane;
import dev.lantern.token.v1.KeyPurpose;
import dev.lantern.token.v1.MerkleProof;
import dev.lantern.token.v1.PublicKey;
import dev.lantern.token.v1.RedPacketToken;
import dev.lantern.token.v1.SignedToken;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenVerifierTest {
  private static final RedPacketToken TOKEN =
      RedPacketToken.newBuilder()
          .setActId(4711)
          .setAmount(88)
          .setOutTradeNo("4711_a_1_1_3")
          .build();

  private final KeyPair reward = pair();
  private final KeyPair session = pair();
  private final TokenVerifier verifier =
      new TokenVerifier(
          List.of(
              key("r1", reward, KeyPurpose.KEY_PURPOSE_REWARD, Lane.LANE_LIVE),
              key("r2", reward, KeyPurpose.KEY_PURPOSE_REWARD, Lane.LANE_STRESS),
              key("s1", session, KeyPurpose.KEY_PURPOSE_SESSION, Lane.LANE_LIVE)),
          Lane.LANE_LIVE);

  @Test
  void token_signedForRewardsOfTheLane_isValidAndParsed() {
    assertThat(
            verifier.verify(signed("r1", reward, "lantern/reward/live/v1", TOKEN.toByteString())))
        .isEqualTo(new TokenVerdict.Valid(TOKEN));
  }

  @Test
  void token_signedUnderAnotherContext_isABadSignature() {
    for (String context :
        List.of(
            "lantern/reward/stress/v1", "lantern/session/live/v1", "lantern/reward/live/v2", "")) {
      assertRefused(
          signed("r1", reward, context, TOKEN.toByteString()), TokenProblem.BAD_SIGNATURE);
    }
  }

  @Test
  void token_withAnyByteOfPayloadOrSignatureChanged_isABadSignature() {
    SignedToken good = signed("r1", reward, "lantern/reward/live/v1", TOKEN.toByteString());
    for (int at = 0; at < good.getPayload().size(); at++) {
      assertRefused(
          good.toBuilder().setPayload(flipped(good.getPayload(), at)).build(),
          TokenProblem.BAD_SIGNATURE);
    }
    for (int at = 0; at < good.getSignature().size(); at++) {
      assertRefused(
          good.toBuilder().setSignature(flipped(good.getSignature(), at)).build(),
          TokenProblem.BAD_SIGNATURE);
    }
  }

  @Test
  void token_ofAKeyNobodyListed_isAnUnknownKey() {
    assertRefused(
        signed("r9", reward, "lantern/reward/live/v1", TOKEN.toByteString()),
        TokenProblem.UNKNOWN_KEY);
  }

  @Test
  void token_ofAKeyOfAnotherPurposeOrLane_isOfTheWrongPurpose() {
    assertRefused(
        signed("s1", session, "lantern/reward/live/v1", TOKEN.toByteString()),
        TokenProblem.WRONG_PURPOSE);
    assertRefused(
        signed("r2", reward, "lantern/reward/live/v1", TOKEN.toByteString()),
        TokenProblem.WRONG_PURPOSE);
  }

  @Test
  void token_withoutAProofItKnowsOrAPayloadThatParses_isMalformed() {
    SignedToken good = signed("r1", reward, "lantern/reward/live/v1", TOKEN.toByteString());
    assertRefused(good.toBuilder().clearProof().build(), TokenProblem.MALFORMED);
    assertRefused(
        good.toBuilder().setMerkle(MerkleProof.getDefaultInstance()).build(),
        TokenProblem.MALFORMED);
    assertRefused(
        good.toBuilder().setSignature(good.getSignature().substring(1)).build(),
        TokenProblem.MALFORMED);
    ByteString noToken = ByteString.copyFrom(new byte[] {(byte) 0xff, 1, 2});
    assertRefused(signed("r1", reward, "lantern/reward/live/v1", noToken), TokenProblem.MALFORMED);
  }

  @Test
  void keys_thatAreNotEd25519_areRefusedWhenTheVerifierIsMade() {
    assertThatThrownBy(() -> Ed25519Keys.ofRaw(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Ed25519Keys.ofPublicPem("hello"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void assertRefused(SignedToken token, TokenProblem problem) {
    assertThat(verifier.verify(token)).isEqualTo(new TokenVerdict.Refused(problem));
  }

  private static ByteString flipped(ByteString bytes, int at) {
    byte[] changed = bytes.toByteArray();
    changed[at] ^= 1;
    return ByteString.copyFrom(changed);
  }

  private static PublicKey key(String id, KeyPair pair, KeyPurpose purpose, Lane lane) {
    byte[] x509 = pair.getPublic().getEncoded();
    return PublicKey.newBuilder()
        .setKeyId(id)
        .setPurpose(purpose)
        .setLane(lane)
        .setEd25519(ByteString.copyFrom(Arrays.copyOfRange(x509, x509.length - 32, x509.length)))
        .build();
  }

  private static SignedToken signed(
      String keyId, KeyPair pair, String context, ByteString payload) {
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initSign(pair.getPrivate());
      ed25519.update((context + "\0").getBytes(StandardCharsets.US_ASCII));
      ed25519.update(payload.toByteArray());
      return SignedToken.newBuilder()
          .setKeyId(keyId)
          .setPayload(payload)
          .setSignature(ByteString.copyFrom(ed25519.sign()))
          .build();
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException(absent);
    }
  }

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException(absent);
    }
  }
}
