package dev.lantern.walletapi.session;

import com.google.protobuf.Timestamp;
import dev.lantern.common.v1.Lane;
import dev.lantern.token.v1.IssueSessionRequest;
import dev.lantern.token.v1.IssueSessionResponse;
import dev.lantern.token.v1.ListKeysRequest;
import dev.lantern.token.v1.TokenServiceGrpc;
import dev.lantern.walletapi.Downstream;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// Sessions signed by token-service. They are of the live lane: from outside nobody chooses one.
public final class TokenServiceSessions implements SessionIssuer {
  private final TokenServiceGrpc.TokenServiceBlockingStub stub;
  private final Duration deadline;

  public TokenServiceSessions(Channel channel, Duration deadline) {
    this.stub = TokenServiceGrpc.newBlockingStub(channel);
    this.deadline = deadline;
  }

  /// Asks for something that changes nothing; throws while token-service does not answer.
  public void warm() {
    var _ =
        stub.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)
            .listKeys(ListKeysRequest.getDefaultInstance());
  }

  @Override
  public Session issue(long actId, int appId) {
    try {
      IssueSessionResponse issued =
          stub.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)
              .issueSession(
                  IssueSessionRequest.newBuilder()
                      .setActId(actId)
                      .setAppId(appId)
                      .setLane(Lane.LANE_LIVE)
                      .build());
      Timestamp end = issued.getExpireTime();
      return new Session(
          issued.getSession(), Instant.ofEpochSecond(end.getSeconds(), end.getNanos()));
    } catch (StatusRuntimeException failure) {
      throw Downstream.refusal(failure, "token-service");
    }
  }
}
