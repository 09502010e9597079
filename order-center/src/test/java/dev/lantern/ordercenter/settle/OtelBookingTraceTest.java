package dev.lantern.ordercenter.settle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.queue.LogName;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class OtelBookingTraceTest {
  private static final String SAMPLED = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final String OTHER = "00-1af7651916cd43dd8448eb211c80319c-c7ad6b7169203331-01";
  private static final String UNSAMPLED = "00-2af7651916cd43dd8448eb211c80319c-d7ad6b7169203331-00";

  private final Kept kept = new Kept();
  private final OtelBookingTrace trace =
      new OtelBookingTrace(
          SdkTracerProvider.builder()
              .addSpanProcessor(SimpleSpanProcessor.create(kept))
              .build()
              .get("test"));
  private final PartitionId id =
      new PartitionId(new LogName(Lane.LANE_LIVE, 1, "topic", "t", 8), 3);

  @Test
  void of_sampledOrders_goOnInTheirOwnTraces() {
    var _ =
        trace.of(
            id,
            List.of(record(0, SAMPLED), record(1, UNSAMPLED), record(2, OTHER), record(3, "")),
            () -> new GroupBooking.Outcome.Booked(List.of()));

    List<SpanData> orders = named("settle book");
    assertThat(orders)
        .extracting(SpanData::getTraceId)
        .containsExactly(SAMPLED.substring(3, 35), OTHER.substring(3, 35));
    assertThat(orders)
        .extracting(SpanData::getParentSpanId)
        .containsExactly(SAMPLED.substring(36, 52), OTHER.substring(36, 52));
    assertThat(orders).allMatch(span -> span.getStatus().getStatusCode() == StatusCode.OK);
    SpanData group = named("settle group").getFirst();
    assertThat(group.getLinks()).hasSize(2);
    assertThat(orders)
        .allMatch(order ->
            order.getLinks().getFirst().getSpanContext().getSpanId().equals(group.getSpanId()));
  }

  @Test
  void of_nothingSampled_makesNoSpan() {
    var _ =
        trace.of(
            id,
            List.of(record(0, UNSAMPLED), record(1, "nonsense")),
            () -> new GroupBooking.Outcome.Booked(List.of()));

    assertThat(kept.spans).isEmpty();
  }

  @Test
  void of_bookingThatFails_endsItsSpansAsFailed() {
    try {
      var _ =
          trace.of(
              id,
              List.of(record(0, SAMPLED)),
              () -> {
                throw new IllegalStateException("for the test");
              });
    } catch (IllegalStateException expected) {
      assertThat(kept.spans).hasSize(2);
    }
    assertThat(kept.spans).allMatch(s -> s.getStatus().getStatusCode() == StatusCode.ERROR);
  }

  private List<SpanData> named(String name) {
    return kept.spans.stream().filter(span -> span.getName().equals(name)).toList();
  }

  private static LogRecord record(long offset, String traceparent) {
    return new LogRecord.Promised(offset, Given.of(7, 1, 1).promise(), traceparent);
  }

  private static final class Kept implements SpanExporter {
    private final List<SpanData> spans = new ArrayList<>();

    @Override
    public CompletableResultCode export(Collection<SpanData> ended) {
      spans.addAll(ended);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
