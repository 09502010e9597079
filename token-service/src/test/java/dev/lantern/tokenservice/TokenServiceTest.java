package dev.lantern.tokenservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import dev.lantern.common.v1.Lane;
import dev.lantern.token.v1.IssueSessionRequest;
import dev.lantern.token.v1.KeyPurpose;
import dev.lantern.token.v1.ListKeysRequest;
import dev.lantern.token.v1.MerkleProof;
import dev.lantern.token.v1.PublicKey;
import dev.lantern.token.v1.RedPacketToken;
import dev.lantern.token.v1.RotateKeyRequest;
import dev.lantern.token.v1.SignTokensRequest;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.token.v1.TokenServiceGrpc;
import dev.lantern.token.v1.TokenServiceGrpc.TokenServiceBlockingStub;
import dev.lantern.token.v1.TokenVerdict;
import dev.lantern.token.v1.VerifyTokensRequest;
import dev.lantern.tokenservice.token.Samples;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenServiceTest {

  @TempDir java.nio.file.Path folder;

  private final Wiring.Stores stores = TestServer.stores();
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start(folder, stores, () -> TestServer.NOW);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void signedBatch_isVerified_inOrder() {
    List<ByteString> payloads = payloads(1_024);
    List<SignedToken> tokens = sign(Lane.LANE_LIVE, payloads);

    assertThat(tokens).extracting(SignedToken::getPayload).containsExactlyElementsOf(payloads);
    assertThat(verify(Lane.LANE_LIVE, tokens.subList(0, 500)))
        .allMatch(TokenVerdict::getValid)
        .extracting(verdict -> verdict.getToken().getActId())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 500).boxed().toList());
  }

  @Test
  void sameBatch_signedAgain_givesOtherProofsOfTheSameTokens_alsoAfterARestart() {
    List<SignedToken> first = sign(Lane.LANE_LIVE, payloads(3));
    server.close();
    server = TestServer.start(folder, stores, () -> TestServer.NOW);
    List<SignedToken> again = sign(Lane.LANE_LIVE, payloads(3));

    assertThat(again).extracting(SignedToken::getPayload).containsExactlyElementsOf(payloads(3));
    assertThat(again).doesNotContainAnyElementsOf(first);
    assertThat(verify(Lane.LANE_LIVE, first)).allMatch(TokenVerdict::getValid);
    assertThat(verify(Lane.LANE_LIVE, again)).allMatch(TokenVerdict::getValid);
  }

  @Test
  void verdicts_sayWhatIsWrongWithEach() {
    SignedToken good = sign(Lane.LANE_LIVE, payloads(1)).getFirst();
    SignedToken stress = sign(Lane.LANE_STRESS, payloads(1)).getFirst();
    ByteString changed = Samples.token(1).toBuilder().setAmount(99_999).build().toByteString();

    List<TokenVerdict> verdicts =
        verify(
            Lane.LANE_LIVE,
            List.of(
                good,
                stress,
                good.toBuilder().setKeyId("reward-live-00000000").build(),
                good.toBuilder().setPayload(changed).build(),
                good.toBuilder().clearProof().build(),
                good.toBuilder()
                    .setMerkle(MerkleProof.newBuilder().setRootSignature(good.getSignature()))
                    .build(),
                good.toBuilder().setPayload(ByteString.copyFrom(new byte[5_000])).build()));

    assertThat(verdicts)
        .extracting(TokenVerdict::getProblem)
        .containsExactly(
            "",
            "WRONG_PURPOSE",
            "UNKNOWN_KEY",
            "BAD_SIGNATURE",
            "MALFORMED",
            "MALFORMED",
            "MALFORMED");
    assertThat(verdicts.subList(1, 7)).noneMatch(TokenVerdict::getValid);
    assertThat(verdicts.subList(1, 7))
        .allMatch(verdict -> verdict.getToken().equals(RedPacketToken.getDefaultInstance()));
  }

  @Test
  void payloadThatIsNoToken_isNotSigned_andItsPlaceIsNamed() {
    ByteString nonsense = ByteString.copyFromUtf8("nonsense");
    ErrorInfo info =
        refusal(() -> sign(Lane.LANE_LIVE, List.of(Samples.token(1).toByteString(), nonsense)));

    assertThat(info.getReason()).isEqualTo("INVALID_FIELD");
    assertThat(info.getMetadataMap()).containsEntry("field", "payloads[1]");
  }

  @Test
  void batches_outsideTheBounds_areRefused() {
    assertThat(refusal(() -> sign(Lane.LANE_LIVE, List.of())).getReason())
        .isEqualTo("INVALID_FIELD");
    assertThat(refusal(() -> sign(Lane.LANE_LIVE, payloads(1_025))).getReason())
        .isEqualTo("INVALID_FIELD");
    assertThat(refusal(() -> sign(Lane.LANE_UNSPECIFIED, payloads(1))).getReason())
        .isEqualTo("INVALID_FIELD");
    assertThat(
            refusal(() -> sign(Lane.LANE_LIVE, List.of(ByteString.copyFrom(new byte[2_049]))))
                .getReason())
        .isEqualTo("INVALID_FIELD");
    assertThat(refusal(() -> verify(Lane.LANE_LIVE, List.of())).getReason())
        .isEqualTo("INVALID_FIELD");
  }

  @ParameterizedTest
  @ValueSource(strings = {"KEY_PURPOSE_UNSPECIFIED", "KEY_PURPOSE_SESSION"})
  void otherPurposes_areNotSignedAsBytes(String purpose) {
    SignTokensRequest request =
        SignTokensRequest.newBuilder()
            .setPurpose(KeyPurpose.valueOf(purpose))
            .setLane(Lane.LANE_LIVE)
            .addAllPayloads(payloads(1))
            .build();

    ErrorInfo info = refusal(() -> as("order-center").signTokens(request));

    assertThat(info.getReason()).isEqualTo("INVALID_FIELD");
    assertThat(info.getMetadataMap()).containsEntry("field", "purpose");
  }

  @Test
  void largestBatch_ofTheLargestPayloads_isUnderTheMessageBound() {
    RedPacketToken token = Samples.token(1);
    int room = 2_048 - token.getSerializedSize() - 8;
    ByteString large =
        token.toBuilder()
            .setOutTradeNo(token.getOutTradeNo() + "x".repeat(room))
            .build()
            .toByteString();

    assertThat(large.size()).isBetween(2_030, 2_048);
    assertThat(sign(Lane.LANE_LIVE, java.util.Collections.nCopies(1_024, large))).hasSize(1_024);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"wallet-api", "control-plane", "counter-service", "envoy-edge", "operator"})
  void signTokens_byAnyoneButOrderCenter_isForbidden(String caller) {
    SignTokensRequest request =
        SignTokensRequest.newBuilder()
            .setPurpose(KeyPurpose.KEY_PURPOSE_REWARD)
            .setLane(Lane.LANE_LIVE)
            .addAllPayloads(payloads(1))
            .build();

    assertThat(refusal(() -> as(caller).signTokens(request)).getReason()).isEqualTo("FORBIDDEN");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"order-center", "control-plane", "counter-service", "envoy-edge", "operator"})
  void issueSession_byAnyoneButWalletApi_isForbidden(String caller) {
    assertThat(refusal(() -> as(caller).issueSession(session(7, 3))).getReason())
        .isEqualTo("FORBIDDEN");
  }

  @Test
  void edgeAndUnknownPeers_seeNothing() {
    ListKeysRequest request = ListKeysRequest.getDefaultInstance();
    assertThat(refusal(() -> as("envoy-edge").listKeys(request)).getReason())
        .isEqualTo("FORBIDDEN");
    assertThat(refusal(() -> as("stranger").listKeys(request)).getReason()).isEqualTo("FORBIDDEN");
    assertThat(refusal(() -> as("").listKeys(request)).getReason()).isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void listKeys_namesEveryKey_andTheJwksHoldsTheSame() {
    var response = as("control-plane").listKeys(ListKeysRequest.getDefaultInstance());

    assertThat(response.getKeysList()).hasSize(4).allMatch(PublicKey::getCurrent);
    assertThat(kids(response.getJwksJson()))
        .containsExactlyElementsOf(
            response.getKeysList().stream().map(PublicKey::getKeyId).toList());
  }

  @Test
  void listKeys_ofSessions_holdsNoRewardKey() {
    var response =
        as("control-plane")
            .listKeys(
                ListKeysRequest.newBuilder().setPurpose(KeyPurpose.KEY_PURPOSE_SESSION).build());

    assertThat(response.getKeysList())
        .hasSize(2)
        .allMatch(key -> key.getPurpose() == KeyPurpose.KEY_PURPOSE_SESSION);
    assertThat(kids(response.getJwksJson())).hasSize(2).allMatch(kid -> kid.startsWith("session-"));
  }

  @Test
  void issuedSession_namesItsKeyAndItsEnd() {
    var response = as("wallet-api").issueSession(session(7, 3));

    String header = response.getSession().split("\\.", -1)[0];
    var json =
        JsonParser.parseString(
                new String(
                    java.util.Base64.getUrlDecoder().decode(header),
                    java.nio.charset.StandardCharsets.UTF_8))
            .getAsJsonObject();
    assertThat(json.get("kid").getAsString()).startsWith("session-live-");
    assertThat(response.getExpireTime().getSeconds())
        .isEqualTo(TestServer.NOW.getEpochSecond() + 12 * 3_600);
  }

  @Test
  void session_ofTheDriver_isOfTrialsAndLastsAnHour() {
    var response = as("stress-driver").issueSession(session(7, 3, Lane.LANE_STRESS));

    assertThat(response.getExpireTime().getSeconds())
        .isEqualTo(TestServer.NOW.getEpochSecond() + 3_600);
  }

  @Test
  void session_ofAnotherLaneThanTheCalls_isRefused() {
    ErrorInfo ofUsers =
        refusal(() -> as("wallet-api").issueSession(session(7, 3, Lane.LANE_STRESS)));
    ErrorInfo ofTrials = refusal(() -> as("stress-driver").issueSession(session(7, 3)));

    assertThat(List.of(ofUsers, ofTrials))
        .allSatisfy(info -> {
          assertThat(info.getReason()).isEqualTo("FORBIDDEN");
          assertThat(info.getMetadataMap()).containsEntry("rule", "lane");
        });
  }

  @Test
  void rotatedKey_ofTrials_disownsWhatTheFormerOneSigned() {
    List<SignedToken> live = sign(Lane.LANE_LIVE, payloads(1));
    List<SignedToken> before = sign(Lane.LANE_STRESS, payloads(1));
    var rotated = as("operator").rotateKey(rotation(Lane.LANE_STRESS));
    List<SignedToken> after = sign(Lane.LANE_STRESS, payloads(1));

    assertThat(rotated.getFormerKeyId()).isEqualTo(before.getFirst().getKeyId());
    assertThat(rotated.getKey().getKeyId()).isEqualTo(after.getFirst().getKeyId());
    assertThat(verify(Lane.LANE_STRESS, before))
        .extracting(TokenVerdict::getProblem)
        .containsExactly("UNKNOWN_KEY");
    assertThat(verify(Lane.LANE_STRESS, after)).allMatch(TokenVerdict::getValid);
    assertThat(verify(Lane.LANE_LIVE, live)).allMatch(TokenVerdict::getValid);

    server.close();
    server = TestServer.start(folder, stores, () -> TestServer.NOW);
    assertThat(verify(Lane.LANE_STRESS, after)).allMatch(TokenVerdict::getValid);
  }

  @Test
  void rotateKey_byOthers_isRefused() {
    assertThat(refusal(() -> as("order-center").rotateKey(rotation(Lane.LANE_STRESS))).getReason())
        .isEqualTo("FORBIDDEN");
  }

  private static RotateKeyRequest rotation(Lane lane) {
    return RotateKeyRequest.newBuilder()
        .setPurpose(KeyPurpose.KEY_PURPOSE_REWARD)
        .setLane(lane)
        .setRequestId("r")
        .setReason("a test")
        .build();
  }

  @Test
  void sessionOfNobody_isRefused() {
    assertThat(refusal(() -> as("wallet-api").issueSession(session(0, 3))).getReason())
        .isEqualTo("INVALID_FIELD");
    assertThat(refusal(() -> as("wallet-api").issueSession(session(7, 0))).getReason())
        .isEqualTo("INVALID_FIELD");
  }

  private TokenServiceBlockingStub as(String caller) {
    return TokenServiceGrpc.newBlockingStub(server.channelOf(caller));
  }

  private List<SignedToken> sign(Lane lane, List<ByteString> payloads) {
    return as("order-center")
        .signTokens(
            SignTokensRequest.newBuilder()
                .setPurpose(KeyPurpose.KEY_PURPOSE_REWARD)
                .setLane(lane)
                .addAllPayloads(payloads)
                .build())
        .getTokensList();
  }

  private List<TokenVerdict> verify(Lane lane, List<SignedToken> tokens) {
    return as("wallet-api")
        .verifyTokens(
            VerifyTokensRequest.newBuilder()
                .setPurpose(KeyPurpose.KEY_PURPOSE_REWARD)
                .setLane(lane)
                .addAllTokens(tokens)
                .build())
        .getVerdictsList();
  }

  private static List<ByteString> payloads(int count) {
    return LongStream.rangeClosed(1, count)
        .mapToObj(actId -> Samples.token(actId).toByteString())
        .toList();
  }

  private static IssueSessionRequest session(long actId, int appId) {
    return session(actId, appId, Lane.LANE_LIVE);
  }

  private static IssueSessionRequest session(long actId, int appId, Lane lane) {
    return IssueSessionRequest.newBuilder().setActId(actId).setAppId(appId).setLane(lane).build();
  }

  private static List<String> kids(String jwks) {
    return JsonParser.parseString(jwks).getAsJsonObject().getAsJsonArray("keys").asList().stream()
        .map(key -> key.getAsJsonObject().get("kid").getAsString())
        .toList();
  }

  private static ErrorInfo refusal(Runnable call) {
    var e = catchThrowableOfType(StatusRuntimeException.class, call::run);
    var status = Objects.requireNonNull(StatusProto.fromThrowable(e));
    try {
      for (var detail : status.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          return detail.unpack(ErrorInfo.class);
        }
      }
    } catch (InvalidProtocolBufferException bad) {
      throw new AssertionError("unreadable details", bad);
    }
    throw new AssertionError("no ErrorInfo in " + status);
  }
}
