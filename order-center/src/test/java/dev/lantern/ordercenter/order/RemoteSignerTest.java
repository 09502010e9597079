package dev.lantern.ordercenter.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.lantern.common.v1.Lane;
import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.runtime.errors.StatusMapper;
import dev.lantern.token.v1.ListKeysRequest;
import dev.lantern.token.v1.ListKeysResponse;
import dev.lantern.token.v1.ListSignedRootsRequest;
import dev.lantern.token.v1.ListSignedRootsResponse;
import dev.lantern.token.v1.SignTokensRequest;
import dev.lantern.token.v1.SignTokensResponse;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.token.v1.TokenServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What token-service's refusals are to an order.
final class RemoteSignerTest {
  private static final ByteString PAYLOAD = ByteString.copyFromUtf8("a promise");

  private volatile Refused refusal = Refused.of(Reason.REASON_WRONG_STATE, "to be replaced");
  private volatile boolean logAnswers;
  private Server server;
  private ManagedChannel channel;
  private RemoteSigner signer;

  @BeforeEach
  void start() throws IOException {
    String name = UUID.randomUUID().toString();
    server = InProcessServerBuilder.forName(name).addService(new Refusing()).build().start();
    channel = InProcessChannelBuilder.forName(name).build();
    signer =
        new RemoteSigner(
            TokenServiceGrpc.newBlockingStub(channel),
            new Coalescer.Bounds(16, 1, 64, Duration.ofSeconds(10)));
  }

  @AfterEach
  void stop() {
    signer.close();
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void haltedLane_givesPayloadsAlone() {
    refusal = Refused.of(Reason.REASON_WRONG_STATE, "halted").rule("signing-halted");

    SignedToken unproven = SignedToken.newBuilder().setPayload(PAYLOAD).build();
    assertThat(signer.sign(Lane.LANE_LIVE, PAYLOAD)).isEqualTo(unproven);
    assertThat(signer.signAll(Lane.LANE_LIVE, List.of(PAYLOAD, PAYLOAD)))
        .containsExactly(unproven, unproven);
  }

  @Test
  void everyOtherRefusal_isADependencyDown() {
    for (Refused other :
        List.of(
            Refused.of(Reason.REASON_WRONG_STATE, "of another rule"),
            Refused.of(Reason.REASON_FORBIDDEN, "not yours").rule("signing-halted"),
            Refused.of(Reason.REASON_DEPENDENCY_DOWN, "the log").dependency("mysql"))) {
      refusal = other;
      Refused refused =
          catchThrowableOfType(Refused.class, () -> signer.sign(Lane.LANE_LIVE, PAYLOAD));
      assertThat(refused.reason()).isEqualTo(Reason.REASON_DEPENDENCY_DOWN);
      assertThat(refused.metadata()).containsEntry("dependency", "token-service");
    }
  }

  @Test
  void probe_needsTheLog_asSigningDoes() {
    logAnswers = true;
    signer.probe();
    logAnswers = false;
    signer.warm();
    assertThat(catchThrowableOfType(StatusRuntimeException.class, () -> signer.probe()).getStatus())
        .extracting(Status::getCode)
        .isEqualTo(Status.Code.UNAVAILABLE);
  }

  private final class Refusing extends TokenServiceGrpc.TokenServiceImplBase {
    @Override
    public void signTokens(SignTokensRequest request, StreamObserver<SignTokensResponse> observer) {
      StatusMapper.Answer answer = StatusMapper.answer(refusal);
      observer.onError(answer.status().asRuntimeException(answer.trailers()));
    }

    @Override
    public void listKeys(ListKeysRequest request, StreamObserver<ListKeysResponse> observer) {
      observer.onNext(ListKeysResponse.getDefaultInstance());
      observer.onCompleted();
    }

    @Override
    public void listSignedRoots(
        ListSignedRootsRequest request, StreamObserver<ListSignedRootsResponse> observer) {
      if (logAnswers) {
        observer.onNext(ListSignedRootsResponse.getDefaultInstance());
        observer.onCompleted();
      } else {
        observer.onError(Status.UNAVAILABLE.asRuntimeException());
      }
    }
  }
}
