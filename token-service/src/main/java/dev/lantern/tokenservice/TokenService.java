package dev.lantern.tokenservice;

import com.google.protobuf.ByteString;
import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.token.v1.IssueSessionRequest;
import dev.lantern.token.v1.IssueSessionResponse;
import dev.lantern.token.v1.KeyPurpose;
import dev.lantern.token.v1.ListKeysRequest;
import dev.lantern.token.v1.ListKeysResponse;
import dev.lantern.token.v1.SignTokensRequest;
import dev.lantern.token.v1.SignTokensResponse;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.token.v1.TokenServiceGrpc;
import dev.lantern.token.v1.TokenVerdict;
import dev.lantern.token.v1.VerifyTokensRequest;
import dev.lantern.token.v1.VerifyTokensResponse;
import dev.lantern.tokenservice.keys.Jwks;
import dev.lantern.tokenservice.keys.KeyLane;
import dev.lantern.tokenservice.keys.SigningKey;
import dev.lantern.tokenservice.session.Session;
import dev.lantern.tokenservice.session.SessionIssuer;
import dev.lantern.tokenservice.signing.KeyRing;
import dev.lantern.tokenservice.token.RewardSigner;
import dev.lantern.tokenservice.token.Verdict;
import io.grpc.stub.StreamObserver;
import java.time.InstantSource;
import java.util.List;

/// The contract's adapter: proto to domain and back.
final class TokenService extends TokenServiceGrpc.TokenServiceImplBase {

  private final KeyRing ring;
  private final RewardSigner rewards;
  private final SessionIssuer sessions;
  private final TokenMeters meters;
  private final InstantSource clock;

  TokenService(
      KeyRing ring,
      RewardSigner rewards,
      SessionIssuer sessions,
      TokenMeters meters,
      InstantSource clock) {
    this.ring = ring;
    this.rewards = rewards;
    this.sessions = sessions;
    this.meters = meters;
    this.clock = clock;
  }

  @Override
  public void signTokens(SignTokensRequest request, StreamObserver<SignTokensResponse> answer) {
    requireReward(request.getPurpose());
    KeyLane lane = Translation.lane(request.getLane());
    List<byte[]> payloads =
        request.getPayloadsList().stream().map(ByteString::toByteArray).toList();
    RewardSigner.firstMalformed(payloads)
        .ifPresent(i -> {
          throw Refused.of(
                  Reason.REASON_INVALID_FIELD, "payload " + i + " is not exactly one token")
              .field("payloads[" + i + "]")
              .rule("token-payload");
        });
    List<byte[]> signatures = rewards.sign(lane, payloads);
    String keyId = rewards.currentKeyId(lane);
    SignTokensResponse.Builder response = SignTokensResponse.newBuilder();
    for (int i = 0; i < signatures.size(); i++) {
      response.addTokens(
          SignedToken.newBuilder()
              .setPayload(request.getPayloads(i))
              .setKeyId(keyId)
              .setSignature(ByteString.copyFrom(signatures.get(i))));
    }
    meters.signed(signatures.size());
    answer.onNext(response.build());
    answer.onCompleted();
  }

  @Override
  public void verifyTokens(
      VerifyTokensRequest request, StreamObserver<VerifyTokensResponse> answer) {
    requireReward(request.getPurpose());
    KeyLane lane = Translation.lane(request.getLane());
    VerifyTokensResponse.Builder response = VerifyTokensResponse.newBuilder();
    for (SignedToken token : request.getTokensList()) {
      // A token without a plain signature has an empty one here, which no key accepts.
      Verdict verdict =
          rewards.verify(
              lane,
              token.getKeyId(),
              token.getPayload().toByteArray(),
              token.getSignature().toByteArray());
      meters.verified(verdict);
      response.addVerdicts(verdict(verdict));
    }
    answer.onNext(response.build());
    answer.onCompleted();
  }

  @Override
  public void listKeys(ListKeysRequest request, StreamObserver<ListKeysResponse> answer) {
    List<SigningKey> keys =
        ring.keys().stream()
            .filter(key -> Translation.matches(request.getPurpose(), key.scope().purpose()))
            .toList();
    ListKeysResponse.Builder response = ListKeysResponse.newBuilder();
    keys.forEach(key -> response.addKeys(Translation.publicKey(key)));
    answer.onNext(response.setJwksJson(Jwks.render(keys)).build());
    answer.onCompleted();
  }

  @Override
  public void issueSession(
      IssueSessionRequest request, StreamObserver<IssueSessionResponse> answer) {
    Session session =
        sessions.issue(
            request.getActId(),
            request.getAppId(),
            Translation.lane(request.getLane()),
            clock.instant());
    meters.sessionIssued();
    answer.onNext(
        IssueSessionResponse.newBuilder()
            .setSession(session.jwt())
            .setExpireTime(Translation.timestamp(session.expireTime()))
            .build());
    answer.onCompleted();
  }

  private static TokenVerdict verdict(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Valid valid ->
          TokenVerdict.newBuilder().setValid(true).setToken(valid.token()).build();
      case Verdict.Refused refused ->
          TokenVerdict.newBuilder().setProblem(refused.problem().name()).build();
    };
  }

  /// Session JWTs are issued whole, never signed or verified as bytes.
  private static void requireReward(KeyPurpose purpose) {
    if (purpose != KeyPurpose.KEY_PURPOSE_REWARD) {
      throw Refused.of(Reason.REASON_INVALID_FIELD, "only reward tokens are signed as bytes")
          .field("purpose");
    }
  }
}
