package dev.lantern.sdk.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.lantern.common.v1.Lane;
import dev.lantern.order.v1.IssueRewardRequest;
import dev.lantern.order.v1.IssueRewardResponse;
import dev.lantern.order.v1.OrderServiceGrpc;
import dev.lantern.sdk.call.CallContext;
import dev.lantern.sdk.call.ContextPropagation;
import dev.lantern.sdk.call.Failing;
import dev.lantern.sdk.call.Retries;
import dev.lantern.sdk.call.RetryBudget;
import dev.lantern.sdk.call.RetryRules;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The client against a server that answers as it is told.
final class OrderClientTest {
  private static final IssueRewardRequest REQUEST =
      IssueRewardRequest.newBuilder().setActId(4711).setSceneId("s").setRainId(1).build();
  private static final Instant NOW = Instant.parse("2027-01-01T12:00:00.123456789Z");

  private final List<IssueRewardRequest> received = new CopyOnWriteArrayList<>();
  private final List<String> lanes = new CopyOnWriteArrayList<>();
  private final List<Long> deadlines = new CopyOnWriteArrayList<>();
  private final List<StatusRuntimeException> failures = new ArrayList<>();
  private final Server server;
  private final ManagedChannel channel;
  private final OrderClient client;

  OrderClientTest() throws IOException {
    String name = InProcessServerBuilder.generateName();
    server =
        InProcessServerBuilder.forName(name)
            .addService(new Told())
            .intercept(new Seen())
            .build()
            .start();
    channel =
        InProcessChannelBuilder.forName(name)
            .intercept(new ContextPropagation(Duration.ofSeconds(1)))
            .build();
    Retries retries =
        new Retries(
            RetryRules.USUAL,
            new RetryBudget(1, 100),
            new SplittableRandom(1),
            System::nanoTime,
            _ -> {});
    client = new OrderClient(channel, retries, () -> NOW);
  }

  @AfterEach
  void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void lostAnswers_areAskedForAgain_byTheVerySameRequest() {
    failures.add(Failing.refused(Status.UNAVAILABLE, "OUTCOME_UNKNOWN", "0"));
    failures.add(Failing.bare(Status.DEADLINE_EXCEEDED));

    assertThat(client.issue(REQUEST)).isInstanceOf(Issued.Accepted.class);

    assertThat(received).hasSize(3);
    assertThat(received).containsOnly(received.getFirst());
    assertThat(received.getFirst().getOpenTime())
        .isEqualTo(
            Timestamp.newBuilder().setSeconds(NOW.getEpochSecond()).setNanos(123_456_000).build());
  }

  @Test
  void openTimeOfTheCaller_isLeftAsItIs() {
    IssueRewardRequest own =
        REQUEST.toBuilder().setOpenTime(Timestamp.newBuilder().setSeconds(5)).build();
    var _ = client.issue(own);
    assertThat(received).containsExactly(own);
  }

  @Test
  void certainRefusal_isOne() {
    failures.add(Failing.refused(Status.FAILED_PRECONDITION, "SOLD_OUT", "-1"));
    assertThat(client.issue(REQUEST))
        .isInstanceOfSatisfying(
            Issued.Refused.class,
            refused -> assertThat(refused.why().reason()).isEqualTo("SOLD_OUT"));
    assertThat(received).hasSize(1);
  }

  @Test
  void serverThatStaysDown_leavesItOpen_withTheRequestToSendAgain() {
    for (int i = 0; i < 20; i++) {
      failures.add(Failing.bare(Status.UNAVAILABLE));
    }
    Issued issued = client.issue(REQUEST);
    assertThat(issued)
        .isInstanceOfSatisfying(
            Issued.Open.class, open -> assertThat(open.again()).isEqualTo(received.getFirst()));
    assertThat(received).hasSize(RetryRules.USUAL.attempts());
  }

  @Test
  void refusalAfterALostAnswer_leavesItOpen_forTheLostTryMayHaveBeenAccepted() {
    failures.add(Failing.bare(Status.UNAVAILABLE));
    failures.add(Failing.refused(Status.RESOURCE_EXHAUSTED, "LIMITED", "-1"));
    assertThat(client.issue(REQUEST))
        .isInstanceOfSatisfying(
            Issued.Open.class, open -> assertThat(open.last().reason()).isEqualTo("LIMITED"));
  }

  @Test
  void openOne_issuedAgain_isRefusedOnlyByWhoLooked() {
    failures.add(Failing.refused(Status.UNAVAILABLE, "OUTCOME_UNKNOWN", "-1"));
    var open = (Issued.Open) client.issue(REQUEST);

    failures.add(Failing.refused(Status.RESOURCE_EXHAUSTED, "SCENE_RATE", "-1"));
    assertThat(client.again(open))
        .isInstanceOfSatisfying(
            Issued.Open.class, still -> assertThat(still.again()).isEqualTo(open.again()));
    failures.add(Failing.bare(Status.NOT_FOUND));
    assertThat(client.again(open)).isInstanceOf(Issued.Open.class);
    failures.add(Failing.refused(Status.FAILED_PRECONDITION, "ROUND_CLOSED", "-1"));
    assertThat(client.again(open)).isInstanceOf(Issued.Refused.class);
    assertThat(client.again(open)).isInstanceOf(Issued.Accepted.class);
    assertThat(received).containsOnly(open.again());
  }

  @Test
  void laneAndNearerDeadline_ofTheCallBeingServed_arePassedOn() {
    var context =
        new CallContext(Lane.LANE_STRESS, Optional.of(Deadline.after(300, TimeUnit.MILLISECONDS)));
    assertThat(context.call(() -> client.issue(REQUEST))).isInstanceOf(Issued.Accepted.class);
    assertThat(lanes).containsExactly("stress");
    assertThat(deadlines).allMatch(left -> left <= 300);

    var _ = client.issue(REQUEST);
    assertThat(lanes).containsExactly("stress", "none");
  }

  private final class Told extends OrderServiceGrpc.OrderServiceImplBase {
    @Override
    public void issueReward(
        IssueRewardRequest request, StreamObserver<IssueRewardResponse> observer) {
      received.add(request);
      var deadline = Context.current().getDeadline();
      deadlines.add(
          deadline == null ? Long.MAX_VALUE : deadline.timeRemaining(TimeUnit.MILLISECONDS));
      if (!failures.isEmpty()) {
        observer.onError(failures.removeFirst());
        return;
      }
      observer.onNext(IssueRewardResponse.newBuilder().setOrderNo("4711_s_1_1_3").build());
      observer.onCompleted();
    }
  }

  private final class Seen implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      String lane = headers.get(ContextPropagation.LANE);
      lanes.add(lane == null ? "none" : lane);
      return next.startCall(call, headers);
    }
  }
}
