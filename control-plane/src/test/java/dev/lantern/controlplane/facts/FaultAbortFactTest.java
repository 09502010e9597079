package dev.lantern.controlplane.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lantern.controlplane.envoy.Caller;
import dev.lantern.controlplane.envoy.EnvoyProcess;
import dev.lantern.play.v1.GrabRequest;
import dev.lantern.play.v1.PlayServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mesh fact 7: an injected fault speaks one protocol only, whichever it is told in; so no layer of
/// ours turns people away by it where there is a verified user and a route can.
@Tag("mesh")
final class FaultAbortFactTest {
  private static final String ROUTE = "{match: {prefix: /}, route: {cluster: up}}";

  @TempDir static Path dir;
  private static BareEnvoy envoy;

  @BeforeAll
  static void start() throws Exception {
    envoy =
        BareEnvoy.start(
            dir,
            EnvoyProcess.freePort(),
            new BareEnvoy.Listening(List.of(fault("grpc_status: 8")), List.of(ROUTE)),
            new BareEnvoy.Listening(List.of(fault("http_status: 429")), List.of(ROUTE)));
  }

  @AfterAll
  static void stop() {
    envoy.close();
  }

  private static String fault(String how) {
    return "{name: fault, typed_config: {\"@type\": type.googleapis.com/envoy.extensions.filters"
        + ".http.fault.v3.HTTPFault, abort: {"
        + how
        + ", percentage: {numerator: 100, denominator: HUNDRED}}}}";
  }

  @Test
  void grpcStatusAlone_tellsAJsonCallerThatAllIsWell() {
    try (var caller = new Caller(envoy.port(0))) {
      var answer = caller.json("POST", "/x", "{}", Map.of("content-type", "application/json"));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.raw().body()).isEqualTo("fault filter abort");
    }
  }

  @Test
  void httpStatusAlone_tellsAGrpcCallerToTryAgain() {
    try (var caller = new Caller(envoy.port(1))) {
      var refused =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () ->
                  caller.grpc(
                      PlayServiceGrpc.getGrabMethod(), GrabRequest.getDefaultInstance(), Map.of()));
      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }
  }
}
