package dev.lantern.tokenservice;

import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.runtime.identity.RequestContext;
import dev.lantern.token.v1.IssueSessionRequest;
import dev.lantern.token.v1.IssueSessionResponse;
import dev.lantern.token.v1.KeyPurpose;
import dev.lantern.token.v1.ListKeysRequest;
import dev.lantern.token.v1.ListKeysResponse;
import dev.lantern.token.v1.ListSignedRootsRequest;
import dev.lantern.token.v1.ListSignedRootsResponse;
import dev.lantern.token.v1.RevokeEpochRequest;
import dev.lantern.token.v1.RevokeEpochResponse;
import dev.lantern.token.v1.RevokeKeyRequest;
import dev.lantern.token.v1.RevokeKeyResponse;
import dev.lantern.token.v1.RotateKeyRequest;
import dev.lantern.token.v1.RotateKeyResponse;
import dev.lantern.token.v1.SetSigningRequest;
import dev.lantern.token.v1.SetSigningResponse;
import dev.lantern.token.v1.SignTokensRequest;
import dev.lantern.token.v1.SignTokensResponse;
import dev.lantern.token.v1.TokenServiceGrpc;
import dev.lantern.token.v1.VerifyTokensRequest;
import dev.lantern.token.v1.VerifyTokensResponse;
import dev.lantern.tokenservice.session.Session;
import dev.lantern.tokenservice.session.SessionIssuer;
import io.grpc.stub.StreamObserver;
import java.time.InstantSource;

/// The contract's adapter: each call to the desk that knows it.
final class TokenService extends TokenServiceGrpc.TokenServiceImplBase {
  private final RewardDesk rewards;
  private final KeyDesk keys;
  private final SessionIssuer sessions;
  private final TokenMeters meters;
  private final InstantSource clock;

  TokenService(
      RewardDesk rewards,
      KeyDesk keys,
      SessionIssuer sessions,
      TokenMeters meters,
      InstantSource clock) {
    this.rewards = rewards;
    this.keys = keys;
    this.sessions = sessions;
    this.meters = meters;
    this.clock = clock;
  }

  @Override
  public void signTokens(SignTokensRequest request, StreamObserver<SignTokensResponse> answer) {
    requireReward(request.getPurpose());
    give(answer, rewards.sign(Translation.lane(request.getLane()), request.getPayloadsList()));
  }

  @Override
  public void verifyTokens(
      VerifyTokensRequest request, StreamObserver<VerifyTokensResponse> answer) {
    requireReward(request.getPurpose());
    give(answer, rewards.verify(Translation.lane(request.getLane()), request.getTokensList()));
  }

  @Override
  public void setSigning(SetSigningRequest request, StreamObserver<SetSigningResponse> answer) {
    give(answer, rewards.setSigning(request));
  }

  @Override
  public void listSignedRoots(
      ListSignedRootsRequest request, StreamObserver<ListSignedRootsResponse> answer) {
    give(answer, rewards.roots(request));
  }

  @Override
  public void listKeys(ListKeysRequest request, StreamObserver<ListKeysResponse> answer) {
    give(answer, keys.list(request));
  }

  @Override
  public void rotateKey(RotateKeyRequest request, StreamObserver<RotateKeyResponse> answer) {
    give(answer, keys.rotate(request));
  }

  @Override
  public void revokeKey(RevokeKeyRequest request, StreamObserver<RevokeKeyResponse> answer) {
    give(answer, keys.revoke(request));
  }

  @Override
  public void revokeEpoch(RevokeEpochRequest request, StreamObserver<RevokeEpochResponse> answer) {
    give(answer, keys.revoke(request));
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
    give(
        answer,
        IssueSessionResponse.newBuilder()
            .setSession(session.jwt())
            .setExpireTime(Translation.timestamp(session.expireTime()))
            .build());
  }

  private static <T> void give(StreamObserver<T> answer, T what) {
    answer.onNext(what);
    answer.onCompleted();
  }

  /// Session JWTs are issued whole, never signed or verified as bytes.
  private static void requireReward(KeyPurpose purpose) {
    if (purpose != KeyPurpose.KEY_PURPOSE_REWARD) {
      throw Refused.of(Reason.REASON_INVALID_FIELD, "only reward tokens are signed as bytes")
          .field("purpose");
    }
  }
}
