package dev.lantern.tokenservice.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.lantern.common.v1.Lane;
import dev.lantern.sdk.token.TokenFormat;
import dev.lantern.sdk.token.TokenProblem;
import dev.lantern.sdk.token.TokenVerdict;
import dev.lantern.sdk.token.TokenVerifier;
import dev.lantern.sdk.token.VerifiedRoots;
import dev.lantern.token.v1.KeyPurpose;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.tokenservice.control.Decisions;
import dev.lantern.tokenservice.keys.KeyLane;
import dev.lantern.tokenservice.keys.KeyScope;
import dev.lantern.tokenservice.keys.Purpose;
import dev.lantern.tokenservice.signing.KeyRing;
import dev.lantern.tokenservice.signing.LoadedKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is signed here, verified as anybody verifies it, by the engine that signed.
class RewardsTest {
  private static final TokenFormat LIVE = format(Lane.LANE_LIVE);

  private final KeyRing ring = Keys.ring();
  private final LoadedKey key =
      ring.current(new KeyScope(Purpose.REWARD, KeyLane.LIVE), Instant.EPOCH);
  private final BatchSigner signer = new BatchSigner(LIVE, new SecureRandom(), 64);
  private final TokenVerifier verifier = verifier(ring, Lane.LANE_LIVE);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 63, 64, 65, 128, 1_000})
  void everyToken_ofABatch_isValid_inOrder(int size) {
    List<SignedToken> tokens = sign(size);

    assertThat(tokens).hasSize(size);
    for (int i = 0; i < size; i++) {
      assertThat(verifier.verify(tokens.get(i)))
          .isEqualTo(new TokenVerdict.Valid(Samples.token(i + 1)));
      assertThat(tokens.get(i).getMerkle().getTreeSize()).isLessThanOrEqualTo(64);
    }
  }

  @Test
  void oneAlone_getsAPlainSignature_thatIsTheSameAgain() {
    SignedToken token = sign(1).getFirst();

    assertThat(token.hasSignature()).isTrue();
    assertThat(sign(1).getFirst()).isEqualTo(token);
  }

  @Test
  void batch_signedAgain_isBlindedAnew() {
    assertThat(sign(8).get(3).getMerkle().getBlinding())
        .isNotEqualTo(sign(8).get(3).getMerkle().getBlinding());
    assertThat(sign(8).stream().map(token -> token.getMerkle().getBlinding()).distinct())
        .hasSize(8);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void everyBit_ofAToken_isProtected(int size) {
    SignedToken good = sign(size).getLast();
    byte[] bytes = good.toByteArray();
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] changed = bytes.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(verifier.verify(changed))
          .as("bit %d", bit)
          .isInstanceOf(TokenVerdict.Refused.class);
    }
  }

  @Test
  void liveToken_inTheStressLane_isOfTheWrongPurpose() {
    assertThat(verifier(ring, Lane.LANE_STRESS).verify(sign(3).get(1)))
        .isEqualTo(new TokenVerdict.Refused(TokenProblem.WRONG_PURPOSE));
  }

  @Test
  void sessionKey_forAReward_isOfTheWrongPurpose() {
    LoadedKey session = ring.current(new KeyScope(Purpose.SESSION, KeyLane.LIVE), Instant.EPOCH);

    assertThat(verifier.verify(signer.sign(session, payloads(3)).getFirst().tokens().get(1)))
        .isEqualTo(new TokenVerdict.Refused(TokenProblem.WRONG_PURPOSE));
  }

  @Test
  void contextOfAnotherLane_underTheRightKey_isABadSignature() {
    var other = new BatchSigner(format(Lane.LANE_STRESS), new SecureRandom(), 64);
    for (int size : new int[] {1, 4}) {
      assertThat(verifier.verify(other.sign(key, payloads(size)).getFirst().tokens().getFirst()))
          .isEqualTo(new TokenVerdict.Refused(TokenProblem.BAD_SIGNATURE));
    }
  }

  @Test
  void keyOfAnotherRing_isUnknown_orDoesNotVerify() {
    LoadedKey foreign =
        Keys.ring().current(new KeyScope(Purpose.REWARD, KeyLane.LIVE), Instant.EPOCH);
    SignedToken token = signer.sign(foreign, payloads(3)).getFirst().tokens().getFirst();

    assertThat(verifier.verify(token))
        .isEqualTo(new TokenVerdict.Refused(TokenProblem.UNKNOWN_KEY));
    assertThat(verifier.verify(token.toBuilder().setKeyId(key.key().id().value()).build()))
        .isEqualTo(new TokenVerdict.Refused(TokenProblem.BAD_SIGNATURE));
  }

  @Test
  void signedBytes_thatAreNoToken_areMalformed() {
    ByteString nonsense = ByteString.copyFrom("not a token", StandardCharsets.US_ASCII);

    assertThat(verifier.verify(signer.sign(key, List.of(nonsense)).getFirst().tokens().getFirst()))
        .isEqualTo(new TokenVerdict.Refused(TokenProblem.MALFORMED));
  }

  private List<SignedToken> sign(int size) {
    return signer.sign(key, payloads(size)).stream()
        .flatMap(batch -> batch.tokens().stream())
        .toList();
  }

  private static List<ByteString> payloads(int size) {
    return LongStream.rangeClosed(1, size)
        .mapToObj(actId -> Samples.token(actId).toByteString())
        .toList();
  }

  private static TokenVerifier verifier(KeyRing ring, Lane lane) {
    return new TokenVerifier(
        new ServiceKeys(() -> ring, () -> Decisions.NONE, Duration.ofDays(90)),
        lane,
        new VerifiedRoots(64),
        () -> Instant.EPOCH);
  }

  private static TokenFormat format(Lane lane) {
    return TokenFormat.of(KeyPurpose.KEY_PURPOSE_REWARD, lane);
  }
}
