package dev.lantern.ordercenter.present;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Timestamp;
import dev.lantern.common.v1.Lane;
import dev.lantern.common.v1.Reason;
import dev.lantern.ordercenter.settle.Given;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.sdk.token.TokenProblem;
import dev.lantern.sdk.token.TokenVerdict;
import dev.lantern.token.v1.EpochRevocation;
import dev.lantern.token.v1.ListKeysResponse;
import dev.lantern.token.v1.SignedToken;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class RewardKeysTest {
  private final Signed signed = new Signed();
  private final SignedToken token = signed.of(Given.of(1_001, 88, 7));
  private ListKeysResponse listed = signed.keys();
  private boolean away;
  private int readings;
  private long now;
  private final RewardKeys keys =
      new RewardKeys(this::list, Lane.LANE_LIVE, () -> now, () -> Instant.EPOCH.plusNanos(now));

  private ListKeysResponse list() {
    readings++;
    if (away) {
      throw Status.UNAVAILABLE.asRuntimeException();
    }
    return listed;
  }

  @Test
  void keys_areReadOnceForManyTokens_andAgainWhenOld() {
    for (int i = 0; i < 100; i++) {
      assertThat(keys.verify(token)).isInstanceOf(TokenVerdict.Valid.class);
    }
    assertThat(readings).isEqualTo(1);
    now = RewardKeys.FRESH.toNanos();
    assertThat(keys.verify(token)).isInstanceOf(TokenVerdict.Valid.class);
    assertThat(readings).isEqualTo(2);
  }

  @Test
  void keyThatWasTakenAway_holdsNoLongerThanTheListIsFresh() {
    assertThat(keys.verify(token)).isInstanceOf(TokenVerdict.Valid.class);
    listed = withoutOurs();
    now = RewardKeys.FRESH.toNanos();
    assertThat(keys.verify(token)).isEqualTo(new TokenVerdict.Refused(TokenProblem.UNKNOWN_KEY));
  }

  @Test
  void keyThatWasRevoked_staysRevoked_whateverIsListedLater() {
    assertThat(keys.verify(token)).isInstanceOf(TokenVerdict.Valid.class);
    listed = withoutOurs().toBuilder().addRevokedKeyIds("live-1").build();
    now = RewardKeys.FRESH.toNanos();
    assertThat(keys.verify(token)).isEqualTo(new TokenVerdict.Refused(TokenProblem.REVOKED_KEY));
    listed = signed.keys();
    now = 2 * RewardKeys.FRESH.toNanos();
    assertThat(keys.verify(token)).isEqualTo(new TokenVerdict.Refused(TokenProblem.REVOKED_KEY));
  }

  @Test
  void tokenOfAnEndedEpoch_isRefused() {
    var round = Signed.payload(Given.of(1_001, 88, 7));
    listed =
        listed.toBuilder()
            .addRevokedEpochs(
                EpochRevocation.newBuilder()
                    .setLane(Lane.LANE_LIVE)
                    .setActivityId(round.getActivityId())
                    .setKeysBeforeTime(Timestamp.newBuilder().setSeconds(1)))
            .build();
    assertThat(keys.verify(token)).isEqualTo(new TokenVerdict.Refused(TokenProblem.REVOKED_EPOCH));
  }

  @Test
  void tokenOfAKeyThatHasExpired_isRefused() {
    var ours = listed.getKeys(0).toBuilder();
    ours.getExpireTimeBuilder().setSeconds(5);
    listed = listed.toBuilder().setKeys(0, ours).build();
    assertThat(keys.verify(token)).isInstanceOf(TokenVerdict.Valid.class);
    now = Duration.ofSeconds(5).toNanos();
    assertThat(keys.verify(token)).isEqualTo(new TokenVerdict.Refused(TokenProblem.EXPIRED_KEY));
  }

  @Test
  void answerWithoutKeys_isNone() {
    assertThat(keys.verify(token)).isInstanceOf(TokenVerdict.Valid.class);
    listed = ListKeysResponse.getDefaultInstance();
    now = RewardKeys.FRESH.toNanos();
    assertThat(keys.verify(token)).isInstanceOf(TokenVerdict.Valid.class);
  }

  @Test
  void unknownKey_hasTheListReadAgain_atMostOnceASecond() {
    listed = withoutOurs();
    assertThat(keys.verify(token)).isInstanceOf(TokenVerdict.Refused.class);
    listed = signed.keys();
    for (int i = 0; i < 100; i++) {
      assertThat(keys.verify(token)).isInstanceOf(TokenVerdict.Refused.class);
    }
    assertThat(readings).isEqualTo(1);
    now = RewardKeys.BETWEEN.toNanos();
    assertThat(keys.verify(token)).isInstanceOf(TokenVerdict.Valid.class);
    assertThat(readings).isEqualTo(2);
  }

  @Test
  void tokenServiceAway_theLastKeysStayGood_andItIsAskedOnceASecond() {
    assertThat(keys.verify(token)).isInstanceOf(TokenVerdict.Valid.class);
    away = true;
    now = Duration.ofHours(1).toNanos();
    for (int i = 0; i < 100; i++) {
      assertThat(keys.verify(token)).isInstanceOf(TokenVerdict.Valid.class);
    }
    assertThat(readings).isEqualTo(2);
  }

  @Test
  void keysNeverRead_isADependencyDown_notAVerdict() {
    away = true;
    Refused refused = catchThrowableOfType(Refused.class, () -> keys.verify(token));
    assertThat(refused.reason()).isEqualTo(Reason.REASON_DEPENDENCY_DOWN);
  }

  private ListKeysResponse withoutOurs() {
    return signed.keys().toBuilder().removeKeys(0).build();
  }
}
