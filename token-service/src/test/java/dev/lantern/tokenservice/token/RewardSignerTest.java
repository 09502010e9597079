package dev.lantern.tokenservice.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.tokenservice.keys.KeyLane;
import dev.lantern.tokenservice.keys.KeyScope;
import dev.lantern.tokenservice.keys.Purpose;
import dev.lantern.tokenservice.keys.SigningKey;
import dev.lantern.tokenservice.signing.EngineChoice;
import dev.lantern.tokenservice.signing.EngineKind;
import dev.lantern.tokenservice.signing.KeyRing;
import dev.lantern.tokenservice.token.Verdict.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RewardSignerTest {

  private final KeyRing ring = ring();
  private final RewardSigner signer = new RewardSigner(ring);
  private final byte[] payload = Samples.token().toByteArray();
  private final byte[] signature =
      signer.sign(KeyLane.LIVE, List.of(payload)).signatures().getFirst();
  private final String keyId = signer.sign(KeyLane.LIVE, List.of(payload)).keyId();

  @Test
  void signedToken_isValid_andItsContentIsReturned() {
    assertThat(signer.verify(KeyLane.LIVE, keyId, payload, signature))
        .isEqualTo(new Verdict.Valid(Samples.token()));
  }

  @Test
  void samePayload_isSignedBySameBytes() {
    assertThat(signer.sign(KeyLane.LIVE, List.of(payload)).signatures().getFirst())
        .isEqualTo(signature);
  }

  @Test
  void everyBit_ofThePayload_isProtected() {
    for (int bit = 0; bit < payload.length * 8; bit++) {
      assertThat(signer.verify(KeyLane.LIVE, keyId, flipped(payload, bit), signature))
          .isEqualTo(new Verdict.Refused(Problem.BAD_SIGNATURE));
    }
  }

  @Test
  void everyBit_ofTheSignature_isProtected() {
    for (int bit = 0; bit < signature.length * 8; bit++) {
      assertThat(signer.verify(KeyLane.LIVE, keyId, payload, flipped(signature, bit)))
          .isEqualTo(new Verdict.Refused(Problem.BAD_SIGNATURE));
    }
  }

  @Test
  void everyChangedKeyId_isUnknown() {
    for (int at = 0; at < keyId.length(); at++) {
      var changed = new StringBuilder(keyId);
      changed.setCharAt(at, keyId.charAt(at) == '0' ? '1' : '0');
      assertThat(signer.verify(KeyLane.LIVE, changed.toString(), payload, signature))
          .isEqualTo(new Verdict.Refused(Problem.UNKNOWN_KEY));
    }
  }

  @Test
  void liveToken_inTheStressLane_isOfTheWrongPurpose() {
    assertThat(signer.verify(KeyLane.STRESS, keyId, payload, signature))
        .isEqualTo(new Verdict.Refused(Problem.WRONG_PURPOSE));
  }

  @Test
  void sessionKey_forAReward_isOfTheWrongPurpose() {
    var session = ring.current(new KeyScope(Purpose.SESSION, KeyLane.LIVE));
    byte[] framed = Framing.frame(new KeyScope(Purpose.REWARD, KeyLane.LIVE), payload);
    byte[] forged = session.sign(List.of(framed)).getFirst();

    assertThat(signer.verify(KeyLane.LIVE, session.key().id().value(), payload, forged))
        .isEqualTo(new Verdict.Refused(Problem.WRONG_PURPOSE));
  }

  @Test
  void contextOfAnotherLane_underTheRightKey_isABadSignature() {
    var reward = ring.current(new KeyScope(Purpose.REWARD, KeyLane.LIVE));
    byte[] framed = Framing.frame(new KeyScope(Purpose.REWARD, KeyLane.STRESS), payload);
    byte[] forged = reward.sign(List.of(framed)).getFirst();

    assertThat(signer.verify(KeyLane.LIVE, keyId, payload, forged))
        .isEqualTo(new Verdict.Refused(Problem.BAD_SIGNATURE));
  }

  @Test
  void payloadWithoutContext_underTheRightKey_isABadSignature() {
    var reward = ring.current(new KeyScope(Purpose.REWARD, KeyLane.LIVE));
    byte[] forged = reward.sign(List.of(payload)).getFirst();

    assertThat(signer.verify(KeyLane.LIVE, keyId, payload, forged))
        .isEqualTo(new Verdict.Refused(Problem.BAD_SIGNATURE));
  }

  @Test
  void keyOfAnotherRing_isUnknown_orDoesNotVerify() {
    var other = new RewardSigner(ring());
    byte[] foreign = other.sign(KeyLane.LIVE, List.of(payload)).signatures().getFirst();

    assertThat(
            signer.verify(
                KeyLane.LIVE, other.sign(KeyLane.LIVE, List.of(payload)).keyId(), payload, foreign))
        .isEqualTo(new Verdict.Refused(Problem.UNKNOWN_KEY));
    assertThat(signer.verify(KeyLane.LIVE, keyId, payload, foreign))
        .isEqualTo(new Verdict.Refused(Problem.BAD_SIGNATURE));
  }

  @Test
  void signedBytes_thatAreNoToken_areMalformed() {
    byte[] nonsense = "not a token".getBytes(StandardCharsets.US_ASCII);
    byte[] signed = signer.sign(KeyLane.LIVE, List.of(nonsense)).signatures().getFirst();

    assertThat(signer.verify(KeyLane.LIVE, keyId, nonsense, signed))
        .isEqualTo(new Verdict.Refused(Problem.MALFORMED));
  }

  @Test
  void overlongPayload_isMalformed_whateverItsSignature() {
    assertThat(signer.verify(KeyLane.LIVE, keyId, new byte[3_000], signature))
        .isEqualTo(new Verdict.Refused(Problem.MALFORMED));
  }

  @Test
  void firstMalformed_pointsAtIt() {
    byte[] nonsense = {1, 2, 3};

    assertThat(RewardSigner.firstMalformed(List.of(payload, nonsense, payload))).hasValue(1);
    assertThat(RewardSigner.firstMalformed(List.of(payload, payload))).isEmpty();
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] changed = bytes.clone();
    changed[bit / 8] ^= (byte) (1 << (bit % 8));
    return changed;
  }

  private static KeyRing ring() {
    var keys =
        KeyScope.all().stream().map(scope -> SigningKey.generate(scope, Instant.EPOCH)).toList();
    return KeyRing.load(EngineChoice.of(List.of(EngineKind.values())).engine(), keys);
  }
}
