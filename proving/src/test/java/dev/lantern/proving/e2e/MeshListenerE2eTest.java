package dev.lantern.proving.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.mesh.v1.ListSwitchesRequest;
import dev.lantern.mesh.v1.SwitchServiceGrpc;
import dev.lantern.proving.place.Operator;
import dev.lantern.proving.place.StackAccess;
import io.grpc.internal.testing.StreamRecorder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Through the real mesh listener, by mutual TLS, the authority alone chooses the service.
@Tag("e2e")
@ExtendWith(SharedStack.Running.class)
final class MeshListenerE2eTest {
  private static final Duration WITHIN = Duration.ofSeconds(10);

  @ParameterizedTest
  @CsvSource({
    "order-center, lantern.play.v1.PlayService",
    "wallet-api, lantern.wallet.v1.WalletService",
    "token-service, lantern.token.v1.TokenService",
    "counter-service, lantern.counter.v1.CounterService",
    "control-plane, lantern.mesh.v1.PolicyService"
  })
  void authority_choosesTheService_whoseApiIsReadByReflection(String authority, String service)
      throws Exception {
    StreamRecorder<ServerReflectionResponse> answers = StreamRecorder.create();
    try (Operator operator = operator(authority)) {
      var stream =
          ServerReflectionGrpc.newStub(operator.channel())
              .withDeadlineAfter(WITHIN)
              .serverReflectionInfo(answers);
      var ask = ServerReflectionRequest.newBuilder();
      stream.onNext(ask.setListServices("").build());
      stream.onNext(ask.setFileContainingSymbol(service).build());
      stream.onCompleted();
      assertThat(answers.awaitCompletion((int) WITHIN.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
    assertThat(answers.getError()).isNull();
    List<ServerReflectionResponse> told = answers.getValues();
    assertThat(told).hasSize(2);
    assertThat(told.getFirst().getListServicesResponse().getServiceList())
        .extracting(ServiceResponse::getName)
        .contains(service, "grpc.health.v1.Health");
    assertThat(told.getLast().getFileDescriptorResponse().getFileDescriptorProtoCount())
        .isPositive();
  }

  @Test
  void operator_callsAService() {
    try (Operator operator = operator("control-plane")) {
      var switches =
          SwitchServiceGrpc.newBlockingStub(operator.channel())
              .withDeadlineAfter(WITHIN)
              .listSwitches(ListSwitchesRequest.getDefaultInstance());
      assertThat(switches.getSwitchesList())
          .extracting(one -> one.getName())
          .contains("play.grab.drop", "wallet.view");
    }
  }

  private static Operator operator(String authority) {
    StackAccess stack = SharedStack.access();
    return Operator.at(stack.mesh(), stack.operator(), authority);
  }
}
