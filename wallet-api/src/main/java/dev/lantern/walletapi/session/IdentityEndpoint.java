package dev.lantern.walletapi.session;

import com.google.protobuf.Timestamp;
import dev.lantern.common.v1.Reason;
import dev.lantern.identity.v1.CreateSessionRequest;
import dev.lantern.identity.v1.CreateSessionResponse;
import dev.lantern.identity.v1.IdentityServiceGrpc;
import dev.lantern.runtime.errors.Refused;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.Locale;

/// `IdentityService` over [Sessions].
public final class IdentityEndpoint extends IdentityServiceGrpc.IdentityServiceImplBase {
  private final Sessions sessions;

  public IdentityEndpoint(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public void createSession(
      CreateSessionRequest request, StreamObserver<CreateSessionResponse> observer) {
    observer.onNext(
        switch (sessions.open(request.getAssertion())) {
          case Sessions.Opening.Opened(SessionIssuer.Session session) -> response(session);
          case Sessions.Opening.Rejected(Assertion.Defect defect) -> throw refusal(defect);
        });
    observer.onCompleted();
  }

  private static CreateSessionResponse response(SessionIssuer.Session session) {
    Instant end = session.expires();
    return CreateSessionResponse.newBuilder()
        .setSession(session.jwt())
        .setExpireTime(
            Timestamp.newBuilder().setSeconds(end.getEpochSecond()).setNanos(end.getNano()))
        .build();
  }

  private static Refused refusal(Assertion.Defect defect) {
    String word = defect.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return Refused.of(Reason.REASON_BAD_ASSERTION, "the assertion is not good: " + word)
        .field("assertion")
        .rule("assertion-" + word);
  }
}
