package dev.lantern.sdk.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.common.v1.Lane;
import dev.lantern.token.v1.EpochRevocation;
import dev.lantern.token.v1.KeyPurpose;
import dev.lantern.token.v1.ListKeysResponse;
import dev.lantern.token.v1.SignedToken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RefreshingKeysTest {
  private static final TokenFormat LIVE =
      TokenFormat.of(KeyPurpose.KEY_PURPOSE_REWARD, Lane.LANE_LIVE);
  private static final KeySet NOTHING =
      new KeySet(Map.of(), Set.of(), List.of(), Duration.ofSeconds(1));

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();
  private final Trees first = new Trees("r1");
  private final Trees second = new Trees("r2");
  private ListKeysResponse told = keys(60, first);
  private boolean down;

  private final RefreshingKeys keys = new RefreshingKeys(this::ask, NOTHING, nanos::get);
  private final TokenVerifier verifier =
      new TokenVerifier(keys, Lane.LANE_LIVE, new VerifiedRoots(16), () -> Instant.EPOCH);

  @Test
  void keys_areAskedForOnce_andAgainWhenTheyAreDue() {
    verifyAll(5);
    assertThat(asked).hasValue(1);

    pass(59);
    verifyAll(5);
    assertThat(asked).hasValue(1);

    pass(1);
    verifyAll(5);
    assertThat(asked).hasValue(2);
  }

  @Test
  void unknownKeys_areAskedFor_onceInTenSecondsAtMost() {
    assertThat(verdict(first)).isInstanceOf(TokenVerdict.Valid.class);
    told = keys(60, first, second);

    for (int i = 0; i < 100; i++) {
      assertThat(verdict(second)).isEqualTo(new TokenVerdict.Refused(TokenProblem.UNKNOWN_KEY));
    }
    assertThat(asked).hasValue(1);

    pass(10);
    assertThat(verdict(second)).isInstanceOf(TokenVerdict.Valid.class);
    assertThat(asked).hasValue(2);
  }

  @Test
  void lastKnownKeys_stand_whileNobodyAnswers_orAnswersNothing() {
    assertThat(verdict(first)).isInstanceOf(TokenVerdict.Valid.class);

    down = true;
    pass(3_600);
    assertThat(verdict(first)).isInstanceOf(TokenVerdict.Valid.class);
    verifyAll(50);
    assertThat(asked).hasValue(2);

    down = false;
    told = keys(60);
    pass(10);
    assertThat(verdict(first)).isInstanceOf(TokenVerdict.Valid.class);
    assertThat(asked).hasValue(3);
  }

  @Test
  void revokedKey_isRefused_evenWhenItsRootIsRemembered_andForEver() {
    SignedToken token = first.tree(LIVE, Trees.payloads(4)).get(2);
    assertThat(verifier.verify(token)).isInstanceOf(TokenVerdict.Valid.class);

    told = keys(60, first, second).toBuilder().addRevokedKeyIds("r1").build();
    pass(60);
    assertThat(verifier.verify(token))
        .isEqualTo(new TokenVerdict.Refused(TokenProblem.REVOKED_KEY));

    told = keys(60, first, second);
    pass(60);
    assertThat(verifier.verify(token))
        .isEqualTo(new TokenVerdict.Refused(TokenProblem.REVOKED_KEY));
  }

  @Test
  void revokedEpoch_isRefused_forKeysMadeBefore_andForEver() {
    var epoch =
        EpochRevocation.newBuilder()
            .setLane(Lane.LANE_LIVE)
            .setActivityId("spring-demo-official")
            .setSceneId("rain-a7f3")
            .setKeysBeforeTime(com.google.protobuf.Timestamp.newBuilder().setSeconds(100));
    told = keys(60, first).toBuilder().addRevokedEpochs(epoch).build();
    assertThat(verdict(first)).isEqualTo(new TokenVerdict.Refused(TokenProblem.REVOKED_EPOCH));

    var revoked = told;
    told = keys(60, first);
    pass(60);
    assertThat(verdict(first)).isEqualTo(new TokenVerdict.Refused(TokenProblem.REVOKED_EPOCH));

    told = revoked;
    var made = told.getKeys(0).toBuilder();
    made.getCreateTimeBuilder().setSeconds(100);
    told = told.toBuilder().setKeys(0, made).build();
    pass(60);
    assertThat(verdict(first)).isInstanceOf(TokenVerdict.Valid.class);
  }

  @Test
  void expiredKey_isRefused() {
    var ended = first.key(KeyPurpose.KEY_PURPOSE_REWARD, Lane.LANE_LIVE).toBuilder();
    ended.getExpireTimeBuilder().setSeconds(0);
    told = ListKeysResponse.newBuilder().addKeys(ended).setRefreshSeconds(60).build();

    assertThat(verdict(first)).isEqualTo(new TokenVerdict.Refused(TokenProblem.EXPIRED_KEY));
  }

  @Test
  void firstAnswer_isWaitedFor_byEveryThread() throws Exception {
    CountDownLatch beingAsked = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    var slow =
        new RefreshingKeys(
            () -> {
              beingAsked.countDown();
              awaitIt(answered);
              return ask();
            },
            NOTHING,
            nanos::get);
    Thread first = Thread.ofPlatform().start(() -> slow.with("r1"));
    awaitIt(beingAsked);
    var found = new CompletableFuture<KeySet>();
    Thread second = Thread.ofPlatform().start(() -> found.complete(slow.with("r1")));
    while (second.getState() != Thread.State.WAITING
        && second.getState() != Thread.State.TERMINATED) {
      Thread.onSpinWait();
    }
    answered.countDown();

    assertThat(found.get(10, TimeUnit.SECONDS).knows("r1")).isTrue();
    assertThat(asked).hasValue(1);
    first.join(10_000);
  }

  private static void awaitIt(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private KeySet ask() {
    asked.incrementAndGet();
    if (down) {
      throw new IllegalStateException("down");
    }
    return KeySet.of(told);
  }

  private void verifyAll(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(verdict(first)).isInstanceOf(TokenVerdict.Valid.class);
    }
  }

  private TokenVerdict verdict(Trees signer) {
    return verifier.verify(signer.plain(LIVE, Trees.payloads(1).getFirst()));
  }

  private void pass(long seconds) {
    nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  private static ListKeysResponse keys(int refreshSeconds, Trees... signers) {
    var response = ListKeysResponse.newBuilder().setRefreshSeconds(refreshSeconds);
    for (Trees signer : signers) {
      response.addKeys(signer.key(KeyPurpose.KEY_PURPOSE_REWARD, Lane.LANE_LIVE));
    }
    return response.build();
  }
}
