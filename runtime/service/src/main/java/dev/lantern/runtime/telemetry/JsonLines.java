package dev.lantern.runtime.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import org.slf4j.event.KeyValuePair;

/// One JSON object a line: time, level, service, logger, thread, message, trace_id and span_id of
/// the span under way, the event's own key-value pairs and MDC, and the stack of an exception.
public final class JsonLines extends EncoderBase<ILoggingEvent> {

  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();
  private static final byte[] NOTHING = new byte[0];

  private String service = "lantern";

  /// Set from logback.xml.
  public void setService(String service) {
    this.service = service;
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    var line = new JsonObject();
    line.addProperty("time", event.getInstant().toString());
    line.addProperty("level", event.getLevel().toString());
    line.addProperty("service", service);
    line.addProperty("logger", event.getLoggerName());
    line.addProperty("thread", event.getThreadName());
    line.addProperty("message", event.getFormattedMessage());
    SpanContext span = Span.current().getSpanContext();
    if (span.isValid()) {
      line.addProperty("trace_id", span.getTraceId());
      line.addProperty("span_id", span.getSpanId());
    }
    event.getMDCPropertyMap().forEach(line::addProperty);
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        line.addProperty(pair.key, String.valueOf(pair.value));
      }
    }
    if (event.getThrowableProxy() != null) {
      line.addProperty("exception", ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    return (GSON.toJson(line) + "\n").getBytes(UTF_8);
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }
}
