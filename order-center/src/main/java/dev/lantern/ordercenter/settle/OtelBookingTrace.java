package dev.lantern.ordercenter.settle;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// [BookingTrace] by OpenTelemetry.
///
/// A group has a span, `settle group`, in the trace of its first sampled order, linked to all of
/// them. Each sampled order has a span `settle book` in *its* trace, as long as the group's commit
/// took, with a link to the group: so the trace that began at the edge ends at the commit. Orders
/// whose trace is not sampled cost nothing but the parsing of a header.
///
/// Bound: [#LINKS] sampled orders a group; more are booked without a span.
public final class OtelBookingTrace implements BookingTrace {
  static final int LINKS = 128;
  private static final AttributeKey<String> ORDER_NO = AttributeKey.stringKey("lantern.order_no");
  private static final AttributeKey<String> PARTITION = AttributeKey.stringKey("lantern.partition");
  private static final AttributeKey<Long> OFFSET = AttributeKey.longKey("lantern.offset");
  private static final AttributeKey<Long> SIZE = AttributeKey.longKey("lantern.group_size");

  private final Tracer tracer;

  public OtelBookingTrace(Tracer tracer) {
    this.tracer = tracer;
  }

  @Override
  public GroupBooking.Outcome of(
      PartitionId partition, List<LogRecord> group, Supplier<GroupBooking.Outcome> booking) {
    List<Sampled> sampled = sampled(group);
    if (sampled.isEmpty()) {
      return booking.get();
    }
    Span span = startGroup(partition, group, sampled);
    List<Span> orders = sampled.stream().map(s -> startOrder(s, partition, span)).toList();
    StatusCode status = StatusCode.ERROR;
    try (var _ = span.makeCurrent()) {
      GroupBooking.Outcome outcome = booking.get();
      status = outcome instanceof GroupBooking.Outcome.Booked ? StatusCode.OK : StatusCode.ERROR;
      return outcome;
    } finally {
      for (Span order : orders) {
        order.setStatus(status);
        order.end();
      }
      span.setStatus(status);
      span.end();
    }
  }

  private Span startGroup(PartitionId partition, List<LogRecord> group, List<Sampled> sampled) {
    SpanBuilder builder =
        tracer
            .spanBuilder("settle group")
            .setParent(sampled.getFirst().context())
            .setSpanKind(SpanKind.CONSUMER)
            .setAttribute(PARTITION, partition.toString())
            .setAttribute(SIZE, (long) group.size());
    sampled.forEach(order -> builder.addLink(Span.fromContext(order.context()).getSpanContext()));
    return builder.startSpan();
  }

  private Span startOrder(Sampled sampled, PartitionId partition, Span group) {
    SpanBuilder builder =
        tracer
            .spanBuilder("settle book")
            .setParent(sampled.context())
            .setSpanKind(SpanKind.CONSUMER)
            .addLink(group.getSpanContext())
            .setAttribute(PARTITION, partition.toString())
            .setAttribute(OFFSET, sampled.record().offset());
    if (sampled.record() instanceof LogRecord.Promised(_, Promise promise, _)) {
      builder.setAttribute(ORDER_NO, promise.orderNo().text());
    }
    return builder.startSpan();
  }

  private static List<Sampled> sampled(List<LogRecord> group) {
    List<Sampled> sampled = new ArrayList<>();
    for (LogRecord record : group) {
      if (sampled.size() < LINKS) {
        context(record).ifPresent(context -> sampled.add(new Sampled(record, context)));
      }
    }
    return sampled;
  }

  private static Optional<Context> context(LogRecord record) {
    if (record.traceparent().isEmpty()) {
      return Optional.empty();
    }
    Context context =
        W3CTraceContextPropagator.getInstance()
            .extract(Context.root(), record.traceparent(), Header.TRACEPARENT);
    SpanContext remote = Span.fromContext(context).getSpanContext();
    return remote.isValid() && remote.isSampled() ? Optional.of(context) : Optional.empty();
  }

  private record Sampled(LogRecord record, Context context) {}

  /// Reads one header as if it were a map of one.
  private enum Header implements TextMapGetter<String> {
    TRACEPARENT;

    @Override
    public Iterable<String> keys(String carrier) {
      return List.of("traceparent");
    }

    @Override
    public @Nullable String get(@Nullable String carrier, String key) {
      return key.equals("traceparent") ? carrier : null;
    }
  }
}
