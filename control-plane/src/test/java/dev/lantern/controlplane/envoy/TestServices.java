package dev.lantern.controlplane.envoy;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.lantern.controlplane.topology.Endpoint;
import dev.lantern.identity.v1.CreateSessionRequest;
import dev.lantern.identity.v1.CreateSessionResponse;
import dev.lantern.identity.v1.IdentityServiceGrpc;
import dev.lantern.order.v1.Award;
import dev.lantern.order.v1.GetOrderRequest;
import dev.lantern.order.v1.GetOrderResponse;
import dev.lantern.order.v1.Order;
import dev.lantern.order.v1.OrderServiceGrpc;
import dev.lantern.play.v1.GrabRequest;
import dev.lantern.play.v1.GrabResponse;
import dev.lantern.play.v1.PlayServiceGrpc;
import dev.lantern.token.v1.ListKeysRequest;
import dev.lantern.token.v1.ListKeysResponse;
import dev.lantern.token.v1.PublicKey;
import dev.lantern.token.v1.TokenServiceGrpc;
import dev.lantern.wallet.v1.GetWalletRequest;
import dev.lantern.wallet.v1.GetWalletResponse;
import dev.lantern.wallet.v1.Wallet;
import dev.lantern.wallet.v1.WalletServiceGrpc;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// The services behind the edge, over mTLS, each answering with what it was told about the caller.
///
/// `GrabResponse.order_no` is the `x-act-id` that arrived, `bill_text` the `grpc-timeout`, the
/// award's title the `x-forwarded-client-cert`, its reward_id which service it was, its amount 1
/// where an `x-request-id` arrived; scene `slow` never answers, scene `busy` refuses as a real
/// service would.
public final class TestServices implements AutoCloseable {
  private static final Context.Key<Metadata> HEADERS = Context.key("headers");

  private final Server server;

  private TestServices(Server server) {
    this.server = server;
  }

  public static TestServices start(TestCa ca, String name)
      throws IOException, GeneralSecurityException {
    return start(ca, name, () -> "");
  }

  /// As token-service, with these keys.
  public static TestServices start(TestCa ca, String name, Supplier<String> jwks)
      throws IOException, GeneralSecurityException {
    var identity = ca.identity(name);
    var credentials =
        TlsServerCredentials.newBuilder()
            .keyManager(stream(identity.certificateChain()), stream(identity.privateKey()))
            .trustManager(stream(ca.trust()))
            .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
            .build();
    Server server =
        NettyServerBuilder.forPort(0, credentials)
            .permitKeepAliveTime(5, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .intercept(new Headers())
            .addService(new Play(name))
            .addService(new Orders())
            .addService(new Wallets())
            .addService(new Identities())
            .addService(new Tokens(jwks))
            .addService(new HealthStatusManager().getHealthService())
            .addService(ProtoReflectionServiceV1.newInstance())
            .build()
            .start();
    return new TestServices(server);
  }

  public Endpoint endpoint() {
    return new Endpoint("127.0.0.1", server.getPort());
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  static String header(String name) {
    Metadata headers = HEADERS.get();
    return Optional.ofNullable(headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER)))
        .orElse("");
  }

  private static final class Headers implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      return Contexts.interceptCall(
          Context.current().withValue(HEADERS, headers), call, headers, next);
    }
  }

  private static final class Play extends PlayServiceGrpc.PlayServiceImplBase {
    private final String name;

    Play(String name) {
      this.name = name;
    }

    @Override
    public void grab(GrabRequest request, StreamObserver<GrabResponse> answer) {
      switch (request.getSceneId()) {
        case "slow" -> {}
        case "busy" -> answer.onError(StatusProto.toStatusRuntimeException(busy(), busyTrailers()));
        default -> {
          answer.onNext(
              GrabResponse.newBuilder()
                  .setOrderNo(header("x-act-id"))
                  .setBillText(header("grpc-timeout"))
                  .setAward(
                      Award.newBuilder()
                          .setTitle(header("x-forwarded-client-cert"))
                          .setRewardId(name)
                          .setAmountFen(header("x-request-id").isEmpty() ? 0 : 1))
                  .build());
          answer.onCompleted();
        }
      }
    }

    private static com.google.rpc.Status busy() {
      return com.google.rpc.Status.newBuilder()
          .setCode(Code.RESOURCE_EXHAUSTED_VALUE)
          .setMessage("budget busy")
          .addDetails(
              Any.pack(
                  ErrorInfo.newBuilder().setReason("BUDGET_BUSY").setDomain("lantern").build()))
          .addDetails(
              Any.pack(
                  BadRequest.newBuilder()
                      .addFieldViolations(
                          BadRequest.FieldViolation.newBuilder().setField("scene_id"))
                      .build()))
          .addDetails(
              Any.pack(
                  RetryInfo.newBuilder()
                      .setRetryDelay(com.google.protobuf.Duration.newBuilder().setSeconds(3))
                      .build()))
          .build();
    }

    private static Metadata busyTrailers() {
      var trailers = new Metadata();
      trailers.put(Metadata.Key.of("retry-after", Metadata.ASCII_STRING_MARSHALLER), "3");
      trailers.put(
          Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER),
          Long.toString(Duration.ofSeconds(3).toMillis()));
      return trailers;
    }
  }

  private static final class Orders extends OrderServiceGrpc.OrderServiceImplBase {
    @Override
    public void getOrder(GetOrderRequest request, StreamObserver<GetOrderResponse> answer) {
      answer.onNext(
          GetOrderResponse.newBuilder()
              .setOrder(Order.newBuilder().setOrderNo(request.getOrderNo()))
              .build());
      answer.onCompleted();
    }
  }

  private static final class Wallets extends WalletServiceGrpc.WalletServiceImplBase {
    @Override
    public void getWallet(GetWalletRequest request, StreamObserver<GetWalletResponse> answer) {
      answer.onNext(
          GetWalletResponse.newBuilder()
              .setWallet(Wallet.newBuilder().setActivityId(request.getActivityId()))
              .build());
      answer.onCompleted();
    }
  }

  private static final class Identities extends IdentityServiceGrpc.IdentityServiceImplBase {
    @Override
    public void createSession(
        CreateSessionRequest request, StreamObserver<CreateSessionResponse> answer) {
      answer.onNext(CreateSessionResponse.newBuilder().setSession("session").build());
      answer.onCompleted();
    }
  }

  private static final class Tokens extends TokenServiceGrpc.TokenServiceImplBase {
    private final Supplier<String> jwks;

    Tokens(Supplier<String> jwks) {
      this.jwks = jwks;
    }

    @Override
    public void listKeys(ListKeysRequest request, StreamObserver<ListKeysResponse> answer) {
      answer.onNext(
          ListKeysResponse.newBuilder()
              .addKeys(PublicKey.newBuilder().setKeyId("k"))
              .setJwksJson(jwks.get())
              .build());
      answer.onCompleted();
    }
  }
}
