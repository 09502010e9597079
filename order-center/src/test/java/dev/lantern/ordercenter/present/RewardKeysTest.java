package dev.lantern.ordercenter.present;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lantern.common.v1.Lane;
import dev.lantern.common.v1.Reason;
import dev.lantern.ordercenter.settle.Given;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.sdk.token.TokenProblem;
import dev.lantern.sdk.token.TokenVerdict;
import dev.lantern.token.v1.PublicKey;
import dev.lantern.token.v1.SignedToken;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RewardKeysTest {
  private final Signed signed = new Signed();
  private final SignedToken token = signed.of(Given.of(1_001, 88, 7));
  private List<PublicKey> listed = signed.keys();
  private boolean away;
  private int readings;
  private long now;
  private final RewardKeys keys = new RewardKeys(this::list, Lane.LANE_LIVE, () -> now);

  private List<PublicKey> list() {
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
    listed = List.of();
    now = RewardKeys.FRESH.toNanos();
    assertThat(keys.verify(token)).isEqualTo(new TokenVerdict.Refused(TokenProblem.UNKNOWN_KEY));
  }

  @Test
  void unknownKey_hasTheListReadAgain_atMostOnceASecond() {
    listed = List.of();
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
}
