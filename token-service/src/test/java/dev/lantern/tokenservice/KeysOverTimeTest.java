package dev.lantern.tokenservice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.common.v1.Lane;
import dev.lantern.token.v1.KeyPurpose;
import dev.lantern.token.v1.ListKeysRequest;
import dev.lantern.token.v1.PublicKey;
import dev.lantern.token.v1.RevokeEpochRequest;
import dev.lantern.token.v1.RevokeKeyRequest;
import dev.lantern.token.v1.RotateKeyRequest;
import dev.lantern.token.v1.RotateKeyResponse;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.tokenservice.keys.KeyFolder;
import dev.lantern.tokenservice.keys.KeyLane;
import dev.lantern.tokenservice.keys.KeyScope;
import dev.lantern.tokenservice.keys.Purpose;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys come, follow each other, and are revoked, while two instances run.
class KeysOverTimeTest {
  @TempDir Path folder;

  private final Wiring.Stores stores = TestServer.stores();
  private volatile Instant now = TestServer.NOW;
  private TestServer server;
  private TestServer other;
  private Client client;
  private Client others;

  @BeforeEach
  void start() {
    server = TestServer.start(folder, stores, () -> now);
    other = TestServer.start(folder, stores, () -> now);
    client = new Client(server);
    others = new Client(other);
  }

  @AfterEach
  void stop() {
    server.close();
    other.close();
  }

  @Test
  void rotatedKey_isListedBeforeItSigns_andTheFormerIsVerifiedAsLongAsATokenLives() {
    List<SignedToken> before = client.sign(Lane.LANE_LIVE, 3);
    RotateKeyResponse rotated = rotate();
    String next = rotated.getKey().getKeyId();

    assertThat(listed(next).getCurrent()).isFalse();
    assertThat(listed(next).getUseTime().getSeconds())
        .isEqualTo(now.plus(Duration.ofMinutes(10)).getEpochSecond());
    assertThat(client.sign(Lane.LANE_LIVE, 1).getFirst().getKeyId())
        .isEqualTo(rotated.getFormerKeyId());

    now = now.plus(Duration.ofMinutes(10));
    other.refresh();
    List<SignedToken> after = client.sign(Lane.LANE_LIVE, 3);
    assertThat(after.getFirst().getKeyId()).isEqualTo(next);
    assertThat(others.sign(Lane.LANE_LIVE, 1).getFirst().getKeyId()).isEqualTo(next);
    assertThat(listed(next).getCurrent()).isTrue();
    assertThat(others.verify(Lane.LANE_LIVE, before)).containsOnly("VALID");
    assertThat(others.verify(Lane.LANE_LIVE, after)).containsOnly("VALID");

    now = now.plus(Duration.ofDays(90));
    assertThat(client.verify(Lane.LANE_LIVE, before)).containsOnly("EXPIRED_KEY");
    assertThat(client.verify(Lane.LANE_LIVE, after)).containsOnly("VALID");
  }

  @Test
  void rotation_askedForAgain_answersTheKeyThatWaits() {
    assertThat(rotate().getKey()).isEqualTo(rotate().getKey());
    assertThat(keys()).hasSize(5);
  }

  @Test
  void revokedKey_signsNoMore_andItsTokensHoldNowhere_alsoInTheNextLife() {
    List<SignedToken> before = client.sign(Lane.LANE_LIVE, 3);
    String keyId = before.getFirst().getKeyId();
    assertThat(client.verify(Lane.LANE_LIVE, before)).containsOnly("VALID");

    var answer = client.as("operator").revokeKey(revocation(keyId));
    var again = client.as("operator").revokeKey(revocation(keyId));
    other.refresh();

    assertThat(again.getKey()).isEqualTo(answer.getKey());
    assertThat(answer.getKey().getKeyId()).isNotEqualTo(keyId);
    List<SignedToken> after = client.sign(Lane.LANE_LIVE, 3);
    assertThat(after.getFirst().getKeyId()).isEqualTo(answer.getKey().getKeyId());
    for (Client each : List.of(client, others)) {
      assertThat(each.verify(Lane.LANE_LIVE, before)).containsOnly("REVOKED_KEY");
      assertThat(each.verify(Lane.LANE_LIVE, after)).containsOnly("VALID");
      assertThat(each.as("wallet-api").listKeys(ListKeysRequest.getDefaultInstance()))
          .satisfies(told -> {
            assertThat(told.getRevokedKeyIdsList()).containsExactly(keyId);
            assertThat(told.getKeysList()).noneMatch(key -> key.getKeyId().equals(keyId));
            assertThat(told.getJwksJson()).doesNotContain(keyId);
          });
    }

    server.close();
    server = TestServer.start(folder, stores, () -> now);
    assertThat(new Client(server).verify(Lane.LANE_LIVE, before)).containsOnly("REVOKED_KEY");
    assertThat(new Client(server).sign(Lane.LANE_LIVE, 1).getFirst().getKeyId())
        .isEqualTo(answer.getKey().getKeyId());
  }

  @Test
  void revokedEpoch_endsItsRoundsTokens_untilTheyAreSignedAgain() {
    List<SignedToken> before = client.sign(Lane.LANE_LIVE, 3);
    var request = endOfRound("e1");
    var epoch = client.as("operator").revokeEpoch(request).getRevocation();
    other.refresh();

    assertThat(client.verify(Lane.LANE_LIVE, before)).containsOnly("REVOKED_EPOCH");
    assertThat(others.verify(Lane.LANE_LIVE, before)).containsOnly("REVOKED_EPOCH");
    List<SignedToken> after = client.sign(Lane.LANE_LIVE, 3);
    assertThat(client.verify(Lane.LANE_LIVE, after)).containsOnly("VALID");

    int keys = keys().size();
    assertThat(client.as("operator").revokeEpoch(request).getRevocation()).isEqualTo(epoch);
    assertThat(others.as("operator").revokeEpoch(request).getRevocation()).isEqualTo(epoch);
    assertThat(client.verify(Lane.LANE_LIVE, after)).containsOnly("VALID");
    assertThat(keys()).hasSize(keys);
  }

  @Test
  void revokedEpoch_whileAnotherKeyWaits_isNotSignedByThatKeyAfterwards() {
    var _ = rotate();
    now = now.plus(Duration.ofMinutes(1));
    String begun = client.as("operator").revokeEpoch(endOfRound("e1")).getKey().getKeyId();

    now = now.plus(Duration.ofMinutes(10));
    other.refresh();
    for (Client each : List.of(client, others)) {
      List<SignedToken> after = each.sign(Lane.LANE_LIVE, 3);
      assertThat(after.getFirst().getKeyId()).isEqualTo(begun);
      assertThat(client.verify(Lane.LANE_LIVE, after)).containsOnly("VALID");
    }
    assertThat(rotate().getKey().getUseTime().getSeconds())
        .isEqualTo(now.plus(Duration.ofMinutes(10)).getEpochSecond());
  }

  @Test
  void rotation_askedForAtOnceAfterAnEpoch_isNotPassedOver() {
    var _ = client.as("operator").revokeEpoch(endOfRound("e1"));
    String next = rotate().getKey().getKeyId();

    now = now.plus(Duration.ofMinutes(10));
    List<SignedToken> after = client.sign(Lane.LANE_LIVE, 3);
    assertThat(after.getFirst().getKeyId()).isEqualTo(next);
    assertThat(client.verify(Lane.LANE_LIVE, after)).containsOnly("VALID");
  }

  @Test
  void revokedKey_withWhichAnEpochBegan_isNotFollowedByAnOlderOne() {
    String begun = client.as("operator").revokeEpoch(endOfRound("e1")).getKey().getKeyId();
    now = now.plus(Duration.ofMinutes(1));
    var _ = client.as("operator").revokeKey(revocation(begun));

    assertThat(client.verify(Lane.LANE_LIVE, client.sign(Lane.LANE_LIVE, 3))).containsOnly("VALID");
  }

  @Test
  void epoch_whereKeysAreNotMade_endsWithTheKeyThatWasPutThere() {
    List<SignedToken> before = client.sign(Lane.LANE_LIVE, 3);
    try (var mounted = TestServer.startWithoutMaking(folder, stores, () -> now)) {
      Client its = new Client(mounted);
      assertThat(Client.refusal(() -> its.as("operator").revokeEpoch(endOfRound("e1"))).getReason())
          .isEqualTo("WRONG_STATE");
      assertThat(its.verify(Lane.LANE_LIVE, before)).containsOnly("VALID");

      now = now.plus(Duration.ofMinutes(1));
      var put =
          new KeyFolder(folder, true).add(new KeyScope(Purpose.REWARD, KeyLane.LIVE), now, now);
      mounted.refresh();
      var answer = its.as("operator").revokeEpoch(endOfRound("e1"));

      assertThat(answer.getKey().getKeyId()).isEqualTo(put.id().value());
      assertThat(its.verify(Lane.LANE_LIVE, before)).containsOnly("REVOKED_EPOCH");
      assertThat(its.verify(Lane.LANE_LIVE, its.sign(Lane.LANE_LIVE, 3))).containsOnly("VALID");

      now = now.plus(Duration.ofHours(1));
      assertThat(Client.refusal(() -> its.as("operator").revokeEpoch(endOfRound("e2"))).getReason())
          .isEqualTo("WRONG_STATE");
    }
  }

  @Test
  void revokedEpoch_ofAnotherRound_endsNothingHere() {
    List<SignedToken> tokens = client.sign(Lane.LANE_LIVE, 3);
    var _ =
        client
            .as("operator")
            .revokeEpoch(
                RevokeEpochRequest.newBuilder()
                    .setLane(Lane.LANE_LIVE)
                    .setActivityId("spring-demo-official")
                    .setSceneId("rain-a7f3")
                    .setRainId(2)
                    .setRequestId("e2")
                    .setReason("a test")
                    .build());

    assertThat(client.verify(Lane.LANE_LIVE, tokens)).containsOnly("VALID");
  }

  @Test
  void revocations_byOthersThanOperators_orOfNothing_areRefused() {
    assertThat(
            Client.refusal(() -> client.as("order-center").revokeKey(revocation("k"))).getReason())
        .isEqualTo("FORBIDDEN");
    assertThat(
            Client.refusal(() -> client.as("operator").revokeKey(revocation("reward-live-0")))
                .getReason())
        .isEqualTo("NOT_FOUND");
    assertThat(
            Client.refusal(() ->
                    client
                        .as("operator")
                        .revokeEpoch(
                            RevokeEpochRequest.newBuilder()
                                .setLane(Lane.LANE_LIVE)
                                .setActivityId("a")
                                .setRainId(2)
                                .setRequestId("e")
                                .setReason("r")
                                .build()))
                .getReason())
        .isEqualTo("INVALID_FIELD");
  }

  private RotateKeyResponse rotate() {
    return client
        .as("operator")
        .rotateKey(
            RotateKeyRequest.newBuilder()
                .setPurpose(KeyPurpose.KEY_PURPOSE_REWARD)
                .setLane(Lane.LANE_LIVE)
                .setRequestId("r")
                .setReason("a test")
                .build());
  }

  private PublicKey listed(String keyId) {
    return keys().stream().filter(key -> key.getKeyId().equals(keyId)).findAny().orElseThrow();
  }

  private List<PublicKey> keys() {
    return client.as("wallet-api").listKeys(ListKeysRequest.getDefaultInstance()).getKeysList();
  }

  private static RevokeEpochRequest endOfRound(String requestId) {
    return RevokeEpochRequest.newBuilder()
        .setLane(Lane.LANE_LIVE)
        .setActivityId("spring-demo-official")
        .setSceneId("rain-a7f3")
        .setRainId(1)
        .setRequestId(requestId)
        .setReason("a test")
        .build();
  }

  private static RevokeKeyRequest revocation(String keyId) {
    return RevokeKeyRequest.newBuilder()
        .setKeyId(keyId)
        .setRequestId("k")
        .setReason("a test")
        .build();
  }
}
