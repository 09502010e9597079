package dev.lantern.controlplane.resources;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.ResponseMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The operators' listener is static, so what it says by itself stands in `envoy/mesh.yaml`; it is
/// what the dynamic listeners say. `-Dlantern.goldens=write` writes it anew.
final class OperatorsRepliesTest {
  private static final Path BOOTSTRAP =
      Path.of(System.getProperty("lantern.checkout", "..")).resolve("envoy/mesh.yaml");
  private static final String INDENT = " ".repeat(20);
  private static final String BEGIN = INDENT + "# replies: begin\n";
  private static final String END = INDENT + "# replies: end\n";

  @Test
  void operatorsListener_saysWhatTheOthersSay() throws IOException {
    String text = Files.readString(BOOTSTRAP);
    int from = text.indexOf(BEGIN) + BEGIN.length();
    int to = text.indexOf(END);
    String rendered =
        LocalReplies.config().getMappersList().stream()
            .map(OperatorsRepliesTest::line)
            .collect(Collectors.joining());
    if (Objects.equals(System.getProperty("lantern.goldens"), "write")) {
      Files.writeString(BOOTSTRAP, text.substring(0, from) + rendered + text.substring(to));
    }
    assertThat(BOOTSTRAP).content().contains(BEGIN + rendered + END);
  }

  /// JSON is YAML, too.
  private static String line(ResponseMapper mapper) {
    try {
      String json = JsonFormat.printer().omittingInsignificantWhitespace().print(mapper);
      return INDENT + "- " + json + "\n";
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }
}
