package dev.lantern.tokenservice;

import com.google.protobuf.ByteString;
import dev.lantern.common.v1.Lane;
import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.runtime.identity.RequestContext;
import dev.lantern.token.v1.IssueSessionRequest;
import dev.lantern.token.v1.IssueSessionResponse;
import dev.lantern.token.v1.KeyPurpose;
import dev.lantern.token.v1.ListKeysRequest;
import dev.lantern.token.v1.ListKeysResponse;
import dev.lantern.token.v1.RotateKeyRequest;
import dev.lantern.token.v1.RotateKeyResponse;
import dev.lantern.token.v1.SignTokensRequest;
import dev.lantern.token.v1.SignTokensResponse;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.token.v1.TokenServiceGrpc;
import dev.lantern.token.v1.TokenVerdict;
import dev.lantern.token.v1.VerifyTokensRequest;
import dev.lantern.token.v1.VerifyTokensResponse;
import dev.lantern.tokenservice.keys.Jwks;
import dev.lantern.tokenservice.keys.KeyLane;
import dev.lantern.tokenservice.keys.KeyScope;
import dev.lantern.tokenservice.keys.Purpose;
import dev.lantern.tokenservice.keys.SigningKey;
import dev.lantern.tokenservice.keys.UnusableKeyException;
import dev.lantern.tokenservice.session.Session;
import dev.lantern.tokenservice.session.SessionIssuer;
import dev.lantern.tokenservice.signing.KeyRings;
import dev.lantern.tokenservice.token.RewardSigner;
import dev.lantern.tokenservice.token.Verdict;
import io.grpc.stub.StreamObserver;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The contract's adapter: proto to domain and back.
final class TokenService extends TokenServiceGrpc.TokenServiceImplBase {

  private static final Logger log = LoggerFactory.getLogger(TokenService.class);

  private final KeyRings rings;
  private final RewardSigner rewards;
  private final SessionIssuer sessions;
  private final TokenMeters meters;
  private final InstantSource clock;

  TokenService(
      KeyRings rings,
      RewardSigner rewards,
      SessionIssuer sessions,
      TokenMeters meters,
      InstantSource clock) {
    this.rings = rings;
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
    RewardSigner.Signed signed = rewards.sign(lane, payloads);
    SignTokensResponse.Builder response = SignTokensResponse.newBuilder();
    for (int i = 0; i < signed.signatures().size(); i++) {
      response.addTokens(
          SignedToken.newBuilder()
              .setPayload(request.getPayloads(i))
              .setKeyId(signed.keyId())
              .setSignature(ByteString.copyFrom(signed.signatures().get(i))));
    }
    meters.signed(signed.signatures().size());
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
        rings.now().keys().stream()
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
    if (request.getLane() != RequestContext.current().lane()) {
      throw Refused.of(Reason.REASON_FORBIDDEN, "a session of another lane than the call's")
          .rule("lane");
    }
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

  @Override
  public void rotateKey(RotateKeyRequest request, StreamObserver<RotateKeyResponse> answer) {
    if (request.getPurpose() != KeyPurpose.KEY_PURPOSE_REWARD
        || request.getLane() != Lane.LANE_STRESS) {
      throw Refused.of(Reason.REASON_INVALID_FIELD, "only the key of trials' rewards is replaced")
          .field("lane");
    }
    KeyScope scope = new KeyScope(Purpose.REWARD, KeyLane.STRESS);
    String former;
    try {
      former = rings.replace(scope, clock.instant());
    } catch (UnusableKeyException e) {
      throw Refused.of(Reason.REASON_WRONG_STATE, String.valueOf(e.getMessage()))
          .rule("key-rotation");
    }
    SigningKey key = rings.now().current(scope).key();
    log.info(
        "key {} replaced by {} for {}, {}: {}",
        former,
        key.id().value(),
        RequestContext.current().caller(),
        request.getRequestId(),
        request.getReason());
    answer.onNext(
        RotateKeyResponse.newBuilder()
            .setFormerKeyId(former)
            .setKey(Translation.publicKey(key))
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
