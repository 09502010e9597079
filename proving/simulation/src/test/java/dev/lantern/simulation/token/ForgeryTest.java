package dev.lantern.simulation.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.lantern.common.v1.Lane;
import dev.lantern.sdk.token.TokenFormat;
import dev.lantern.sdk.token.TokenProblem;
import dev.lantern.sdk.token.TokenVerdict;
import dev.lantern.sdk.token.TokenVerifier;
import dev.lantern.sdk.token.VerifiedRoots;
import dev.lantern.simulation.kernel.LifeClock;
import dev.lantern.token.v1.KeyPurpose;
import dev.lantern.token.v1.RedPacketToken;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.tokenservice.keys.KeyLane;
import dev.lantern.tokenservice.keys.Purpose;
import dev.lantern.tokenservice.token.BatchSigner;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ForgeryTest {
  private static final RedPacketToken OWED =
      RedPacketToken.newBuilder()
          .setActId(1)
          .setActivityId("child")
          .setSceneId(SimKeys.SCENE)
          .setRainId(1)
          .setAmount(5)
          .setOutTradeNo("1_rain_1_1_3")
          .build();

  private final TokenVerifier verifier =
      new TokenVerifier(
          _ -> SimKeys.get().told("child"),
          Lane.LANE_LIVE,
          new VerifiedRoots(16),
          () -> LifeClock.BEGIN);
  private final SignedToken good = signed(7).getFirst();

  @Test
  void tokens_ofTheSimulation_hold_aloneAndInATree() {
    assertThat(verifier.verify(good)).isEqualTo(new TokenVerdict.Valid(OWED));
    assertThat(signed(3))
        .allSatisfy(
            token -> assertThat(verifier.verify(token)).isInstanceOf(TokenVerdict.Valid.class));
  }

  @Test
  void tokens_signedTwiceOfOneSeed_areTheSameBytes() {
    assertThat(signed(3)).isEqualTo(signed(3)).isNotEqualTo(signed(4));
  }

  @ParameterizedTest
  @EnumSource
  void forgery_isRefusedForItsReason(Forgery how) {
    RedPacketToken wanted =
        OWED.toBuilder()
            .setAmount(7_777)
            .setRainId(how == Forgery.REVOKED_EPOCH ? SimKeys.REVOKED_ROUND : 1)
            .build();
    assertThat(verifier.verify(how.of(good, wanted)))
        .isEqualTo(new TokenVerdict.Refused(TokenProblem.valueOf(how.problem())));
  }

  /// One alone of seed 7, else three of a tree.
  private static List<SignedToken> signed(long seed) {
    BatchSigner signer =
        new BatchSigner(
            TokenFormat.of(KeyPurpose.KEY_PURPOSE_REWARD, Lane.LANE_LIVE),
            new SeededRandom(seed),
            8);
    List<ByteString> payloads =
        seed == 7
            ? List.of(OWED.toByteString())
            : List.of(OWED.toByteString(), OWED.toByteString(), OWED.toByteString());
    return signer
        .sign(SimKeys.get().signing(Purpose.REWARD, KeyLane.LIVE, LifeClock.BEGIN), payloads)
        .getFirst()
        .tokens();
  }
}
