package dev.lantern.runtime.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Traces across the durable queue: a record carries its `traceparent` (W3C) in a header of that
/// name; whoever settles it continues the trace for one record, or links a group's span to each
/// record's.
public final class Tracing {

  /// The record header that carries the trace.
  public static final String HEADER = "traceparent";

  // More links than this tell nobody anything.
  private static final int MAX_LINKS = 128;

  private final Tracer tracer;

  Tracing(Tracer tracer) {
    this.tracer = tracer;
  }

  /// The header value for a record written now; empty when no trace is under way.
  public Optional<String> traceparent() {
    SpanContext span = Span.current().getSpanContext();
    return span.isValid()
        ? Optional.of(
            "00-%s-%s-%s"
                .formatted(span.getTraceId(), span.getSpanId(), span.getTraceFlags().asHex()))
        : Optional.empty();
  }

  /// Does the work in a span of its own, under whatever is current.
  public <T extends @Nullable Object> T inSpan(String name, Supplier<T> work) {
    return within(tracer.spanBuilder(name), work);
  }

  /// Does the work in a span that continues the record's trace; a header that is missing or broken
  /// begins a new one.
  public <T extends @Nullable Object> T continuing(
      String name, Optional<String> traceparent, Supplier<T> work) {
    return within(
        tracer
            .spanBuilder(name)
            .setSpanKind(SpanKind.CONSUMER)
            .setParent(traceparent.map(Tracing::read).orElse(Context.root())),
        work);
  }

  /// Does the work of a group in one span linked to the records' traces.
  public <T extends @Nullable Object> T linked(
      String name, Collection<String> traceparents, Supplier<T> work) {
    SpanBuilder builder = tracer.spanBuilder(name).setSpanKind(SpanKind.CONSUMER).setNoParent();
    traceparents.stream()
        .limit(MAX_LINKS)
        .map(one -> Span.fromContext(read(one)).getSpanContext())
        .filter(SpanContext::isValid)
        .forEach(builder::addLink);
    return within(builder, work);
  }

  private static <T extends @Nullable Object> T within(SpanBuilder builder, Supplier<T> work) {
    Span span = builder.startSpan();
    try (var _ = span.makeCurrent()) {
      return work.get();
    } catch (RuntimeException e) {
      span.setStatus(StatusCode.ERROR);
      span.recordException(e);
      throw e;
    } finally {
      span.end();
    }
  }

  private static Context read(String traceparent) {
    return W3CTraceContextPropagator.getInstance()
        .extract(Context.root(), traceparent, TraceparentOnly.INSTANCE);
  }

  private enum TraceparentOnly implements TextMapGetter<String> {
    INSTANCE;

    @Override
    public Iterable<String> keys(String carrier) {
      return List.of(HEADER);
    }

    @Override
    public @Nullable String get(@Nullable String carrier, String key) {
      return key.equals(HEADER) ? carrier : null;
    }
  }
}
