package dev.lantern.controlplane.resources;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Status;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RefusalTest {
  static Iterable<Map.Entry<Integer, Refusal>> all() {
    return BuiltInRefusals.byStatus().entrySet();
  }

  /// grpc-java throws when the code inside the details is not the one outside.
  @ParameterizedTest
  @MethodSource("all")
  void everyRefusal_saysOneCodeInsideAndOutside(Map.Entry<Integer, Refusal> told) throws Exception {
    Map<String, String> headers = headers(told.getValue());
    Status status =
        Status.parseFrom(Base64.getDecoder().decode(headers.get("grpc-status-details-bin")));
    assertThat(headers.get("grpc-status")).isEqualTo(Integer.toString(status.getCode()));
    assertThat(headers.containsKey("retry-after"))
        .isEqualTo(!"-1".equals(headers.get("grpc-retry-pushback-ms")));
  }

  @Test
  void retryAfter_isWholeSecondsRoundedUp() {
    assertThat(Refusal.seconds(Duration.ofMillis(1))).isEqualTo(1);
    assertThat(Refusal.seconds(Duration.ofMillis(1001))).isEqualTo(2);
    assertThat(Refusal.seconds(Duration.ofSeconds(2))).isEqualTo(2);
  }

  @Test
  void messageInAHeader_isPrintableAscii() {
    assertThat(Refusal.percentEncoded("50 % off: 红")).isEqualTo("50 %25 off: %E7%BA%A2");
  }

  private static Map<String, String> headers(Refusal refusal) {
    var headers = new HashMap<String, String>();
    refusal
        .headers(HeaderAppendAction.ADD_IF_ABSENT)
        .forEach(option -> headers.put(option.getHeader().getKey(), option.getHeader().getValue()));
    return headers;
  }
}
