package dev.lantern.runtime.telemetry;

import io.grpc.ClientInterceptor;
import io.grpc.ServerInterceptor;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.exporter.prometheus.PrometheusHttpServer;
import io.opentelemetry.instrumentation.grpc.v1_6.GrpcTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.SdkMeterProviderBuilder;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// The process's telemetry: made once by Wiring, handed to whoever measures.
///
/// Metrics are served for Prometheus at `http://127.0.0.1:<metrics port>/metrics`. When an OTLP
/// endpoint is configured they are sent there, too, every ten seconds, and spans as they come, from
/// a bounded queue that drops rather than waits.
public final class Telemetry implements AutoCloseable {

  private static final int SPAN_QUEUE = 8192;
  private static final Duration METRICS_EVERY = Duration.ofSeconds(10);
  private static final String SCOPE = "dev.lantern";

  private final OpenTelemetrySdk sdk;
  private final GrpcTelemetry grpc;
  private final Meter meter;

  private Telemetry(OpenTelemetrySdk sdk) {
    this(sdk, sdk.getMeter(SCOPE));
  }

  private Telemetry(OpenTelemetrySdk sdk, Meter meter) {
    this.sdk = sdk;
    this.grpc = GrpcTelemetry.create(sdk);
    this.meter = meter;
  }

  /// The same traces, and meters that nobody reads: for what is opened and closed while the process
  /// runs, whose figures must not mix with the process's own.
  public Telemetry unmetered() {
    return new Telemetry(sdk, MeterProvider.noop().get(SCOPE));
  }

  /// Starts tracing and serves metrics on `host:metricsPort`.
  public static Telemetry start(
      TelemetryConfig config, String serviceName, String host, int metricsPort) {
    var prometheus = PrometheusHttpServer.builder().setHost(host).setPort(metricsPort).build();
    var meters = meters(serviceName).registerMetricReader(prometheus);
    config.otlpEndpoint().ifPresent(endpoint -> meters.registerMetricReader(readerFor(endpoint)));
    return assemble(config, serviceName, meters);
  }

  /// The same without a metrics server: for tests and short-lived commands.
  public static Telemetry quiet(String serviceName) {
    return assemble(new TelemetryConfig(Optional.empty(), 0), serviceName, meters(serviceName));
  }

  public Meter meter() {
    return meter;
  }

  /// Publishes a figure that is asked for at each scrape:
  /// `telemetry.gauge("mysql.connections.used", database::connectionsInUse)`.
  public void gauge(String name, LongSupplier figure) {
    var _ =
        meter()
            .gaugeBuilder(name)
            .ofLongs()
            .buildWithCallback(gauge -> gauge.record(figure.getAsLong()));
  }

  public Tracer tracer() {
    return sdk.getTracer(SCOPE);
  }

  /// Spans of our own, and trace context in record headers.
  public Tracing tracing() {
    return new Tracing(tracer());
  }

  /// For libraries that bring their own instrumentation.
  public OpenTelemetry openTelemetry() {
    return sdk;
  }

  /// A span and a duration histogram (`rpc_server_duration`, by method and code) for each call
  /// served.
  public ServerInterceptor serverInterceptor() {
    return grpc.createServerInterceptor();
  }

  /// The same for each call made, and the trace context in its headers.
  public ClientInterceptor clientInterceptor() {
    return grpc.createClientInterceptor();
  }

  /// Sends what is queued, for at most two seconds.
  @Override
  public void close() {
    var _ = sdk.shutdown().join(2, TimeUnit.SECONDS);
  }

  private static Telemetry assemble(
      TelemetryConfig config, String serviceName, SdkMeterProviderBuilder meters) {
    SdkMeterProvider meterProvider = meters.build();
    SdkTracerProviderBuilder tracers =
        SdkTracerProvider.builder()
            .setResource(resource(serviceName))
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(config.sampleRatio())));
    config.otlpEndpoint().ifPresent(endpoint -> tracers.addSpanProcessor(exportTo(endpoint)));
    OpenTelemetrySdk sdk =
        OpenTelemetrySdk.builder()
            .setMeterProvider(meterProvider)
            .setTracerProvider(tracers.build())
            .setPropagators(
                ContextPropagators.create(
                    TextMapPropagator.composite(
                        W3CTraceContextPropagator.getInstance(),
                        W3CBaggagePropagator.getInstance())))
            .build();
    JvmMeters.register(sdk.getMeter(SCOPE));
    return new Telemetry(sdk);
  }

  private static BatchSpanProcessor exportTo(String endpoint) {
    return BatchSpanProcessor.builder(
            OtlpGrpcSpanExporter.builder()
                .setEndpoint(endpoint)
                .setTimeout(Duration.ofSeconds(5))
                .build())
        .setMaxQueueSize(SPAN_QUEUE)
        .build();
  }

  private static PeriodicMetricReader readerFor(String endpoint) {
    return PeriodicMetricReader.builder(
            OtlpGrpcMetricExporter.builder()
                .setEndpoint(endpoint)
                .setTimeout(Duration.ofSeconds(5))
                .build())
        .setInterval(METRICS_EVERY)
        .build();
  }

  private static SdkMeterProviderBuilder meters(String serviceName) {
    return SdkMeterProvider.builder().setResource(resource(serviceName));
  }

  private static Resource resource(String serviceName) {
    return Resource.getDefault()
        .merge(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), serviceName)));
  }
}
