package dev.lantern.runtime.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.opentelemetry.api.trace.Span;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class TracingTest {

  private static final String OTHER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final Telemetry telemetry = Telemetry.quiet("test");
  private final Tracing tracing = telemetry.tracing();

  @AfterEach
  void close() {
    telemetry.close();
  }

  @Test
  void traceparent_outsideAnySpan_isEmpty() {
    assertThat(tracing.traceparent()).isEmpty();
  }

  @Test
  void continuing_aRecordsHeader_staysInItsTrace() {
    String written = tracing.inSpan("accept", () -> tracing.traceparent().orElseThrow());
    String traceId =
        tracing.continuing(
            "settle", Optional.of(written), () -> Span.current().getSpanContext().getTraceId());
    assertThat(written).startsWith("00-" + traceId + "-");
  }

  @Test
  void continuing_aBrokenHeader_beginsANewTrace() {
    boolean valid =
        tracing.continuing(
            "settle", Optional.of("nonsense"), () -> Span.current().getSpanContext().isValid());
    assertThat(valid).isTrue();
  }

  @Test
  void linked_aGroup_isATraceOfItsOwn() {
    String traceId =
        tracing.linked(
            "settle-group",
            List.of(OTHER, "nonsense"),
            () -> Span.current().getSpanContext().getTraceId());
    assertThat(OTHER).doesNotContain(traceId);
  }

  @Test
  void logLine_inASpan_namesIt() {
    JsonObject line =
        tracing.inSpan(
            "work",
            () -> {
              JsonObject json = line("it \"happened\"\n", new IllegalStateException("why"));
              assertThat(json.get("trace_id").getAsString())
                  .isEqualTo(Span.current().getSpanContext().getTraceId());
              return json;
            });
    assertThat(line.get("message").getAsString()).isEqualTo("it \"happened\"\n");
    assertThat(line.get("level").getAsString()).isEqualTo("WARN");
    assertThat(line.get("exception").getAsString()).contains("IllegalStateException: why");
  }

  private static JsonObject line(String message, Throwable thrown) {
    var encoder = new JsonLines();
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    var event =
        new LoggingEvent(
            "x", context.getLogger("test"), Level.WARN, message, thrown, new Object[0]);
    String text = new String(encoder.encode(event), StandardCharsets.UTF_8);
    assertThat(text).endsWith("}\n").hasLineCount(1);
    return JsonParser.parseString(text).getAsJsonObject();
  }
}
