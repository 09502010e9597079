package dev.lantern.ordercenter.present;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.lantern.common.v1.Lane;
import dev.lantern.common.v1.Reason;
import dev.lantern.ordercenter.settle.Given;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.sdk.token.KeySet;
import dev.lantern.sdk.token.TokenProblem;
import dev.lantern.sdk.token.TokenVerdict;
import dev.lantern.token.v1.EpochRevocation;
import dev.lantern.token.v1.ListKeysResponse;
import dev.lantern.token.v1.SignedToken;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RewardKeysTest {
  private final Signed signed = new Signed();
  private final SignedToken token = signed.of(Given.of(1_001, 88, 7));
  private ListKeysResponse listed = signed.keys();
  private boolean away;
  private int readings;
  private Runnable whileAsked = () -> {};
  private long now;
  private final RewardKeys keys =
      new RewardKeys(this::list, Lane.LANE_LIVE, () -> now, () -> Instant.EPOCH.plusNanos(now));

  private KeySet list() {
    readings++;
    whileAsked.run();
    if (away) {
      throw Status.UNAVAILABLE.asRuntimeException();
    }
    return KeySet.of(listed);
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
  void answerThatCannotBeRead_isNone() {
    assertThat(keys.verify(token)).isInstanceOf(TokenVerdict.Valid.class);
    var broken = listed.getKeys(1).toBuilder().setEd25519(ByteString.copyFromUtf8("no key"));
    listed = listed.toBuilder().setKeys(1, broken).build();
    now = RewardKeys.FRESH.toNanos();
    assertThat(keys.verify(token)).isInstanceOf(TokenVerdict.Valid.class);
    assertThat(readings).isEqualTo(2);
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
  void unknownKey_isJudged_byAListJustReadAlone() {
    listed = withoutOurs();
    assertThat(keys.judge(token)).contains(new TokenVerdict.Refused(TokenProblem.UNKNOWN_KEY));
    away = true;
    now = Duration.ofHours(1).toNanos();
    assertThat(keys.judge(token)).isEmpty();
    away = false;
    listed = signed.keys();
    now += RewardKeys.BETWEEN.toNanos();
    assertThat(keys.judge(token).orElseThrow()).isInstanceOf(TokenVerdict.Valid.class);
  }

  @Test
  void listBeingRead_keepsNobodyFromVerifyingByTheLastOne() throws Exception {
    assertThat(keys.verify(token)).isInstanceOf(TokenVerdict.Valid.class);
    now = RewardKeys.FRESH.toNanos();
    var asked = new CountDownLatch(1);
    var verified = new CountDownLatch(1);
    whileAsked =
        () -> {
          asked.countDown();
          assertThat(within10Seconds(verified)).isTrue();
        };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Optional<TokenVerdict>> asking = threads.submit(() -> keys.judge(token));
      assertThat(within10Seconds(asked)).isTrue();
      assertThat(keys.judge(token).orElseThrow()).isInstanceOf(TokenVerdict.Valid.class);
      verified.countDown();
      assertThat(asking.get().orElseThrow()).isInstanceOf(TokenVerdict.Valid.class);
    }
  }

  @Test
  void floodOfTokens_takesSoManyThreads_andTheRestIsToldToComeAgain() throws Exception {
    var over = new CountDownLatch(1);
    whileAsked = () -> assertThat(within10Seconds(over)).isTrue();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var judged = new ExecutorCompletionService<Optional<TokenVerdict>>(threads);
      for (int i = 0; i < 2 * RewardKeys.AT_ONCE; i++) {
        var _ = judged.submit(() -> keys.judge(token));
      }
      for (int i = 0; i < RewardKeys.AT_ONCE; i++) {
        assertThat(judged.take().get()).isEmpty();
      }
      over.countDown();
      for (int i = 0; i < RewardKeys.AT_ONCE; i++) {
        assertThat(judged.take().get().orElseThrow()).isInstanceOf(TokenVerdict.Valid.class);
      }
    }
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

  private static boolean within10Seconds(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private ListKeysResponse withoutOurs() {
    return signed.keys().toBuilder().removeKeys(0).build();
  }
}
