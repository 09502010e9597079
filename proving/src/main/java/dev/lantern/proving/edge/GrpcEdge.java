package dev.lantern.proving.edge;

import com.google.rpc.Status;
import dev.lantern.counter.v1.CounterServiceGrpc;
import dev.lantern.counter.v1.GetRequest;
import dev.lantern.identity.v1.CreateSessionRequest;
import dev.lantern.identity.v1.IdentityServiceGrpc;
import dev.lantern.order.v1.GetOrderRequest;
import dev.lantern.order.v1.OrderServiceGrpc;
import dev.lantern.play.v1.GrabRequest;
import dev.lantern.play.v1.PlayServiceGrpc;
import dev.lantern.proving.clientlog.Protocol;
import dev.lantern.proving.clientlog.Told;
import dev.lantern.wallet.v1.GetWalletRequest;
import dev.lantern.wallet.v1.ListFlowsRequest;
import dev.lantern.wallet.v1.ListFlowsResponse;
import dev.lantern.wallet.v1.WalletServiceGrpc;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.AbstractBlockingStub;
import io.grpc.stub.MetadataUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The edge over gRPC. grpc-java's own retries are off: the log shows every attempt.
public final class GrpcEdge implements Edge {
  static final long DEADLINE_MS = 3_000;
  private static final int CHANNELS = 4;
  private static final int MAX_PAGES = 20;
  private static final Metadata.Key<String> AUTHORIZATION = text("authorization");
  private static final Metadata.Key<String> PUSHBACK = text("grpc-retry-pushback-ms");
  private static final Metadata.Key<String> RETRY_AFTER = text("retry-after");

  private final List<ManagedChannel> channels;
  private final AtomicInteger turn = new AtomicInteger();

  private GrpcEdge(List<ManagedChannel> channels) {
    this.channels = channels;
  }

  public static GrpcEdge connect(String host, int port) {
    var channels = new ArrayList<ManagedChannel>();
    for (int i = 0; i < CHANNELS; i++) {
      channels.add(
          NettyChannelBuilder.forAddress(host, port)
              .usePlaintext()
              .disableRetry()
              .maxInboundMetadataSize(32 * 1024)
              .build());
    }
    return new GrpcEdge(List.copyOf(channels));
  }

  @Override
  public Protocol protocol() {
    return Protocol.GRPC;
  }

  @Override
  public Opened openSession(String assertion) {
    try {
      String session =
          ready(IdentityServiceGrpc.newBlockingStub(channel(null)))
              .createSession(CreateSessionRequest.newBuilder().setAssertion(assertion).build())
              .getSession();
      return new Opened(session, new Told.SessionOpened(SessionClaims.read(session).lane()));
    } catch (StatusRuntimeException e) {
      return new Opened("", refused(e));
    }
  }

  @Override
  public Told grab(@Nullable String session, Grab grab) {
    return told(() ->
        Answers.accepted(
            ready(PlayServiceGrpc.newBlockingStub(channel(session))).grab(request(grab))));
  }

  @Override
  public Told order(@Nullable String session, String orderNo) {
    return told(() ->
        Answers.order(
            ready(OrderServiceGrpc.newBlockingStub(channel(session)))
                .getOrder(GetOrderRequest.newBuilder().setOrderNo(orderNo).build())
                .getOrder()));
  }

  @Override
  public Told wallet(@Nullable String session, String activityId, String childId) {
    var request =
        GetWalletRequest.newBuilder().setActivityId(activityId).setChildActivityId(childId);
    return told(() ->
        Answers.wallet(
            ready(WalletServiceGrpc.newBlockingStub(channel(session)))
                .getWallet(request.build())
                .getWallet()));
  }

  @Override
  public Told flows(@Nullable String session, String activityId, String childId) {
    return told(() -> {
      var stub = WalletServiceGrpc.newBlockingStub(channel(session));
      var request =
          ListFlowsRequest.newBuilder().setActivityId(activityId).setChildActivityId(childId);
      var lines = new ArrayList<Told.FlowLine>();
      var degraded = new ArrayList<String>();
      for (int page = 0; page < MAX_PAGES; page++) {
        ListFlowsResponse answer = ready(stub).listFlows(request.build());
        answer.getFlowsList().stream().map(Answers::flow).forEach(lines::add);
        degraded.addAll(answer.getDegradedSourcesList());
        if (answer.getNextPageToken().isEmpty()) {
          break;
        }
        request.setPageToken(answer.getNextPageToken());
      }
      return new Told.FlowsShown(List.copyOf(lines), List.copyOf(degraded));
    });
  }

  @Override
  public Told counter(@Nullable String session, String name) {
    return told(() ->
        Answers.counter(
            name,
            ready(CounterServiceGrpc.newBlockingStub(channel(session)))
                .get(GetRequest.newBuilder().setName(name).build())));
  }

  @Override
  public Told broken(@Nullable String session, Garbage garbage, Grab near) {
    return told(() -> BrokenGrpc.call(channel(session), garbage, near));
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    for (ManagedChannel channel : channels) {
      try {
        channel.awaitTermination(2, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  static GrabRequest request(Grab grab) {
    return GrabRequest.newBuilder()
        .setActivityId(grab.activityId())
        .setSceneId(grab.sceneId())
        .setRainId(grab.rainId())
        .setRequestId(grab.requestId())
        .build();
  }

  private static <S extends AbstractBlockingStub<S>> S ready(S stub) {
    return stub.withDeadlineAfter(DEADLINE_MS, TimeUnit.MILLISECONDS);
  }

  private Channel channel(@Nullable String session) {
    Channel channel = channels.get(Math.floorMod(turn.getAndIncrement(), channels.size()));
    if (session == null) {
      return channel;
    }
    var headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + session);
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static Told told(Supplier<Told> call) {
    try {
      return call.get();
    } catch (StatusRuntimeException e) {
      return refused(e);
    }
  }

  /// A failure without a single trailer was never sent by anybody: it is grpc-java's own word for a
  /// broken connection or a passed deadline.
  static Told refused(StatusRuntimeException failure) {
    Metadata trailers = failure.getTrailers();
    if (trailers == null || trailers.keys().isEmpty()) {
      return new Told.Lost(failure.getStatus().getCode().name());
    }
    @Nullable Long pushback = Refusals.number(trailers.get(PUSHBACK));
    @Nullable Long retryAfter = Refusals.number(trailers.get(RETRY_AFTER));
    Status status;
    try {
      status = StatusProto.fromThrowable(failure);
    } catch (IllegalArgumentException e) {
      // The code inside the details is not the call's: as good as no details.
      status = null;
    }
    return status == null
        ? Refusals.bare(failure.getStatus().getCode().name(), 0, pushback, retryAfter)
        : Refusals.read(status, 0, pushback, retryAfter);
  }

  private static Metadata.Key<String> text(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
