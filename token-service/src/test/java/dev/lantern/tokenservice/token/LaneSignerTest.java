package dev.lantern.tokenservice.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.lantern.common.v1.Lane;
import dev.lantern.sdk.token.ProofRoots;
import dev.lantern.sdk.token.RootLink;
import dev.lantern.sdk.token.TokenFormat;
import dev.lantern.stores.sql.StoreUnavailableException;
import dev.lantern.token.v1.KeyPurpose;
import dev.lantern.token.v1.SignedRoot;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.tokenservice.keys.KeyLane;
import dev.lantern.tokenservice.keys.KeyScope;
import dev.lantern.tokenservice.keys.Purpose;
import dev.lantern.tokenservice.log.MemoryRootStore;
import dev.lantern.tokenservice.log.RootChain;
import dev.lantern.tokenservice.log.RootLog;
import dev.lantern.tokenservice.log.RootStore;
import dev.lantern.tokenservice.log.RootStore.Root;
import dev.lantern.tokenservice.signing.KeyRing;
import dev.lantern.tokenservice.signing.LoadedKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaneSignerTest {
  private final MemoryRootStore store = new MemoryRootStore();
  private final KeyRing ring = Keys.ring();
  private final List<LaneSigner> made = new ArrayList<>();

  @AfterEach
  void close() {
    made.forEach(LaneSigner::close);
  }

  @Test
  void tokens_areGiven_whenTheirRootsAreLogged() throws Exception {
    List<SignedToken> tokens = get(signer(Duration.ofMillis(2)).sign(items(1, 200)));

    assertThat(tokens).hasSize(200);
    assertThat(tokens)
        .allSatisfy(token -> {
          byte[] root = ProofRoots.of(Lane.LANE_LIVE, token).orElseThrow();
          Root logged = new Root(token.getKeyId(), ByteString.copyFrom(root));
          assertThat(store.held(KeyLane.LIVE, List.of(logged))).containsExactly(logged);
        });
    assertThat(rows()).extracting(SignedRoot::getSize).containsExactly(50, 50, 50, 50);
    assertThat(rows()).allMatch(RootLink::isWhole);
    assertThat(rows().getFirst().getOrderDigests().substring(0, 8))
        .isEqualTo(ByteString.copyFrom(RootLink.orderDigest(Samples.token(1).getOutTradeNo())));
  }

  @Test
  void calls_thatComeTogether_shareATree() throws Exception {
    LaneSigner signer = signer(Duration.ofMillis(50));
    List<CompletableFuture<List<SignedToken>>> calls = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      calls.add(signer.sign(items(i * 3 + 1, 3)));
    }
    for (int i = 0; i < 10; i++) {
      assertThat(get(calls.get(i)).getFirst().getPayload())
          .isEqualTo(Samples.token(i * 3 + 1).toByteString());
    }

    assertThat(rows()).hasSizeLessThan(10);
    assertThat(rows().stream().mapToInt(SignedRoot::getSize).sum()).isEqualTo(30);
  }

  @Test
  void oneAlone_isSignedPlainly_andLogged() throws Exception {
    SignedToken token = get(signer(Duration.ZERO).sign(items(7, 1))).getFirst();

    assertThat(token.hasSignature()).isTrue();
    assertThat(rows()).extracting(SignedRoot::getSize).containsExactly(1);
  }

  @Test
  void tokens_ofALogThatIsDown_areGivenToNobody_andTheNextAre() throws Exception {
    LaneSigner signer = signer(Duration.ZERO);
    store.next(MemoryRootStore.Trouble.DOWN);

    CompletableFuture<List<SignedToken>> failed = signer.sign(items(1, 5));
    assertThatThrownBy(() -> get(failed))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(StoreUnavailableException.class);
    assertThat(get(signer.sign(items(1, 5)))).hasSize(5);
    assertThat(store.signed(KeyLane.LIVE)).isEqualTo(5);
  }

  @Test
  void calls_thatNobodyWaitsFor_areNotSigned() throws Exception {
    CountDownLatch signing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    LaneSigner signer =
        signer(
            Duration.ZERO,
            now -> {
              signing.countDown();
              awaitIt(goOn);
              return key(now);
            });
    CompletableFuture<List<SignedToken>> first = signer.sign(items(1, 1));
    awaitIt(signing);
    CompletableFuture<List<SignedToken>> given = signer.sign(items(2, 3));
    given.cancel(false);
    goOn.countDown();

    assertThat(get(first)).hasSize(1);
    assertThat(get(signer.sign(items(5, 2)))).hasSize(2);
    assertThat(store.signed(KeyLane.LIVE)).isEqualTo(3);
  }

  private LoadedKey key(Instant now) {
    return ring.current(new KeyScope(Purpose.REWARD, KeyLane.LIVE), now);
  }

  private static void awaitIt(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<SignedRoot> rows() {
    return store.after(KeyLane.LIVE, new RootStore.Place("", 0), 100);
  }

  private LaneSigner signer(Duration gather) {
    return signer(gather, this::key);
  }

  private LaneSigner signer(Duration gather, Function<Instant, LoadedKey> key) {
    var signer =
        new LaneSigner(
            "test",
            new LaneSigner.Terms(64, gather, 32),
            key,
            new BatchSigner(
                TokenFormat.of(KeyPurpose.KEY_PURPOSE_REWARD, Lane.LANE_LIVE),
                new SecureRandom(),
                64),
            new RootLog(new RootChain(store, KeyLane.LIVE, "t"), "test-log", 32),
            () -> Instant.EPOCH);
    made.add(signer);
    return signer;
  }

  private static List<LaneSigner.Item> items(int from, int count) {
    List<LaneSigner.Item> items = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      var token = Samples.token(i);
      items.add(
          new LaneSigner.Item(
              token.toByteString(),
              ByteString.copyFrom(RootLink.orderDigest(token.getOutTradeNo()))));
    }
    return items;
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(10, TimeUnit.SECONDS);
  }
}
