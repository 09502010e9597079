package dev.lantern.controlplane.ratelimit.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Status;
import dev.lantern.controlplane.policy.OnRefuse;
import dev.lantern.controlplane.policy.Rate;
import dev.lantern.controlplane.ratelimit.rule.LimitRule;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RefusalsTest {
  private static final String MESSAGE = "50 % off, 100%% sold: \u592a\u591a";

  private final Refusals refusals =
      new Refusals(
          new LimitRule(
              "g",
              7,
              LimitRule.Layer.GLOBAL,
              new Rate(1, Duration.ofHours(1)),
              Duration.ofHours(1),
              Duration.ZERO,
              List.of(),
              new OnRefuse(Duration.ofSeconds(2), Duration.ZERO, MESSAGE),
              false));

  /// What another process sends, Envoy passes on as it is.
  @Test
  void message_isSentAsItIsWritten_andForGrpcByItsBytes() throws InvalidProtocolBufferException {
    Map<String, String> headers =
        refusals.after(1).stream()
            .collect(Collectors.toMap(HeaderValue::getKey, HeaderValue::getValue));

    assertThat(headers)
        .containsEntry("x-lantern-message", MESSAGE)
        .containsEntry("grpc-message", "50 %25 off, 100%25%25 sold: %E5%A4%AA%E5%A4%9A");
    Status details =
        Status.parseFrom(
            Base64.getDecoder().decode(headers.getOrDefault("grpc-status-details-bin", "")));
    assertThat(details.getMessage()).isEqualTo(MESSAGE);
  }
}
