package dev.lantern.proving.e2e;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// An OTLP collector that keeps spans by trace, and the names of metrics by service.
final class Collector extends TraceServiceGrpc.TraceServiceImplBase implements AutoCloseable {
  private final Map<String, List<Seen>> traces = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Server server;

  private final Map<String, Set<String>> metrics = new ConcurrentHashMap<>();

  record Seen(String service, String name, String spanId, String parentId) {}

  private Collector() {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(this)
            .addService(new Metrics())
            .build();
  }

  static Collector start() throws IOException {
    var collector = new Collector();
    var _ = collector.server.start();
    return collector;
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  /// The spans of a trace once they satisfy `enough`, or whatever there is after the time given.
  List<Seen> await(String traceId, Predicate<List<Seen>> enough, long withinNanos)
      throws InterruptedException {
    lock.lock();
    try {
      long left = withinNanos;
      while (left > 0 && !enough.test(traces.getOrDefault(traceId, List.of()))) {
        left = arrived.awaitNanos(left);
      }
      return List.copyOf(traces.getOrDefault(traceId, List.of()));
    } finally {
      lock.unlock();
    }
  }

  /// The metrics a service has sent once they satisfy `enough`, or whatever there is after the time
  /// given.
  Set<String> awaitMetrics(String service, Predicate<Set<String>> enough, long withinNanos)
      throws InterruptedException {
    lock.lock();
    try {
      long left = withinNanos;
      while (left > 0 && !enough.test(metrics.getOrDefault(service, Set.of()))) {
        left = arrived.awaitNanos(left);
      }
      return Set.copyOf(metrics.getOrDefault(service, Set.of()));
    } finally {
      lock.unlock();
    }
  }

  private final class Metrics extends MetricsServiceGrpc.MetricsServiceImplBase {
    @Override
    public void export(
        ExportMetricsServiceRequest request, StreamObserver<ExportMetricsServiceResponse> answer) {
      request
          .getResourceMetricsList()
          .forEach(resource ->
              resource
                  .getScopeMetricsList()
                  .forEach(scope ->
                      scope
                          .getMetricsList()
                          .forEach(metric ->
                              metrics
                                  .computeIfAbsent(
                                      service(resource.getResource()),
                                      _ -> ConcurrentHashMap.newKeySet())
                                  .add(metric.getName()))));
      lock.lock();
      try {
        arrived.signalAll();
      } finally {
        lock.unlock();
      }
      answer.onNext(ExportMetricsServiceResponse.getDefaultInstance());
      answer.onCompleted();
    }
  }

  private static String service(Resource resource) {
    return resource.getAttributesList().stream()
        .filter(a -> a.getKey().equals("service.name"))
        .map(KeyValue::getValue)
        .map(AnyValue::getStringValue)
        .findFirst()
        .orElse("");
  }

  @Override
  public void export(
      ExportTraceServiceRequest request, StreamObserver<ExportTraceServiceResponse> answer) {
    for (ResourceSpans resource : request.getResourceSpansList()) {
      String service = service(resource.getResource());
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        scope.getSpansList().forEach(span -> keep(service, span));
      }
    }
    lock.lock();
    try {
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
    answer.onNext(ExportTraceServiceResponse.getDefaultInstance());
    answer.onCompleted();
  }

  private void keep(String service, Span span) {
    HexFormat hex = HexFormat.of();
    traces
        .computeIfAbsent(
            hex.formatHex(span.getTraceId().toByteArray()), _ -> new CopyOnWriteArrayList<>())
        .add(
            new Seen(
                service,
                span.getName(),
                hex.formatHex(span.getSpanId().toByteArray()),
                hex.formatHex(span.getParentSpanId().toByteArray())));
  }
}
