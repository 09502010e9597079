package dev.lantern.controlplane.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import dev.lantern.controlplane.envoy.Caller;
import dev.lantern.controlplane.envoy.EnvoyProcess;
import dev.lantern.play.v1.GrabRequest;
import dev.lantern.play.v1.PlayServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mesh fact 13: what Envoy says by itself can carry google.rpc details over gRPC, grpc-java reads
/// them and obeys the pushback beside them; and a code inside that is not the one outside breaks
/// the reader.
@Tag("mesh")
final class OwnRefusalsFactTest {
  private static final int PUSHBACK_MS = 300;
  private static final int ATTEMPTS = 3;

  @TempDir static Path dir;
  private static BareEnvoy envoy;

  @BeforeAll
  static void start() throws Exception {
    envoy =
        BareEnvoy.start(
            dir,
            EnvoyProcess.freePort(),
            refusing(14, 14, PUSHBACK_MS),
            refusing(14, 14, -1),
            refusing(14, 8, -1));
  }

  @AfterAll
  static void stop() {
    envoy.close();
  }

  private static BareEnvoy.Listening refusing(int outside, int inside, int pushbackMs) {
    byte[] status =
        com.google.rpc.Status.newBuilder()
            .setCode(inside)
            .setMessage("m")
            .addDetails(
                Any.pack(ErrorInfo.newBuilder().setReason("R").setDomain("lantern").build()))
            .build()
            .toByteArray();
    String details = Base64.getEncoder().withoutPadding().encodeToString(status);
    String route =
        "{match: {prefix: /}, direct_response: {status: 503, body: {inline_string: m}},"
            + " response_headers_to_add: ["
            + header("grpc-status", Integer.toString(outside))
            + ", "
            + header("grpc-status-details-bin", details)
            + ", "
            + header("grpc-retry-pushback-ms", Integer.toString(pushbackMs))
            + "]}";
    return new BareEnvoy.Listening(List.of(), List.of(route));
  }

  private static String header(String key, String value) {
    return "{header: {key: %s, value: \"%s\"}, append_action: OVERWRITE_IF_EXISTS_OR_ADD}"
        .formatted(key, value);
  }

  @Test
  void details_areReadByGrpcJava() {
    var refused = call(0, 1);
    assertThat(Caller.read(refused).code()).isEqualTo(Code.UNAVAILABLE_VALUE);
    assertThat(Caller.read(refused).reason()).isEqualTo("R");
  }

  @Test
  void pushback_isWaitedFor_byAClientThatRetries() {
    long before = envoy.requests(0);
    long begun = System.nanoTime();
    call(0, ATTEMPTS);
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isGreaterThan(Duration.ofMillis((ATTEMPTS - 1) * PUSHBACK_MS));
    EnvoyProcess.await("all attempts came", () -> envoy.requests(0) - before == ATTEMPTS);
  }

  @Test
  void negativePushback_endsAllRetrying() {
    call(1, ATTEMPTS);
    EnvoyProcess.await("the attempt came", () -> envoy.requests(1) > 0);
    assertThat(envoy.requests(1)).isEqualTo(1);
  }

  @Test
  void codeInsideThatIsNotTheOneOutside_breaksTheReader() {
    var refused = call(2, 1);
    assertThatThrownBy(() -> StatusProto.fromThrowable(refused))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static StatusRuntimeException call(int listener, int attempts) {
    Map<String, Object> retries =
        Map.of(
            "methodConfig",
            List.of(
                Map.of(
                    "name",
                    List.of(Map.of()),
                    "retryPolicy",
                    Map.of(
                        "maxAttempts",
                        (double) Math.max(2, attempts),
                        "initialBackoff",
                        "0.001s",
                        "maxBackoff",
                        "0.001s",
                        "backoffMultiplier",
                        1.0,
                        "retryableStatusCodes",
                        List.of("UNAVAILABLE")))));
    var builder = NettyChannelBuilder.forAddress("127.0.0.1", envoy.port(listener)).usePlaintext();
    ManagedChannel channel =
        attempts == 1
            ? builder.disableRetry().build()
            : builder.enableRetry().defaultServiceConfig(retries).build();
    try {
      return catchThrowableOfType(
          StatusRuntimeException.class,
          () ->
              ClientCalls.blockingUnaryCall(
                  channel,
                  PlayServiceGrpc.getGrabMethod(),
                  CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS),
                  GrabRequest.getDefaultInstance()));
    } finally {
      channel.shutdownNow();
    }
  }
}
