package dev.lantern.controlplane.resources;

import com.google.protobuf.BoolValue;
import com.google.protobuf.Struct;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.Value;
import dev.lantern.controlplane.topology.Group;
import dev.lantern.controlplane.topology.Topology;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLog;
import io.envoyproxy.envoy.config.core.v3.GrpcService;
import io.envoyproxy.envoy.config.core.v3.Http2ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.SubstitutionFormatString;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.trace.v3.OpenTelemetryConfig;
import io.envoyproxy.envoy.config.trace.v3.Tracing;
import io.envoyproxy.envoy.extensions.access_loggers.file.v3.FileAccessLog;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.Rds;
import java.time.Duration;

/// What every listener's connection manager has: routes by RDS, refusals in one shape, the access
/// log, traces where there is a collector.
final class Connections {
  private static final String[][] LOGGED = {
    {"time", "%START_TIME%"},
    {"method", "%REQ(:METHOD)%"},
    {"path", "%REQ(X-ENVOY-ORIGINAL-PATH?:PATH)%"},
    {"authority", "%REQ(:AUTHORITY)%"},
    {"request_id", "%REQ(X-REQUEST-ID)%"},
    {"route", "%ROUTE_NAME%"},
    {"status", "%RESPONSE_CODE%"},
    {"grpc_status", "%GRPC_STATUS_NUMBER%"},
    {"details", "%RESPONSE_CODE_DETAILS%"},
    {"flags", "%RESPONSE_FLAGS%"},
    {"rule", "%RESP(x-lantern-rule)%"},
    {"duration_ms", "%DURATION%"},
    {"received", "%BYTES_RECEIVED%"},
    {"sent", "%BYTES_SENT%"},
    {"act_id", "%REQ(x-act-id)%"},
    {"peer", "%DOWNSTREAM_PEER_URI_SAN%"},
    {"upstream", "%UPSTREAM_HOST%"},
    {"traceparent", "%REQ(traceparent)%"},
  };

  private Connections() {}

  static HttpConnectionManager.Builder manager(Topology topology, Group group, String routes) {
    var manager =
        HttpConnectionManager.newBuilder()
            .setStatPrefix(group.label())
            .setRds(Rds.newBuilder().setConfigSource(Packed.ads()).setRouteConfigName(routes))
            .setServerName("lantern")
            .setNormalizePath(BoolValue.of(true))
            .setMergeSlashes(true)
            .setPathWithEscapedSlashesAction(
                HttpConnectionManager.PathWithEscapedSlashesAction.REJECT_REQUEST)
            .setLocalReplyConfig(LocalReplies.config())
            .addAccessLog(accessLog(topology, group))
            .setHttp2ProtocolOptions(
                Http2ProtocolOptions.newBuilder()
                    .setMaxConcurrentStreams(UInt32Value.of(1000))
                    .setInitialStreamWindowSize(UInt32Value.of(256 * 1024))
                    .setInitialConnectionWindowSize(UInt32Value.of(1024 * 1024)))
            .setCommonHttpProtocolOptions(
                HttpProtocolOptions.newBuilder()
                    .setIdleTimeout(Packed.duration(Duration.ofMinutes(5)))
                    .setMaxHeadersCount(UInt32Value.of(100))
                    .setHeadersWithUnderscoresAction(
                        HttpProtocolOptions.HeadersWithUnderscoresAction.DROP_HEADER));
    topology
        .tracing()
        .ifPresent(tracing -> manager.setTracing(tracing(group, tracing.sampleRatio())));
    return manager;
  }

  static HttpFilter router() {
    return filter("envoy.filters.http.router", Router.getDefaultInstance());
  }

  static HttpFilter filter(String name, com.google.protobuf.Message config) {
    return HttpFilter.newBuilder().setName(name).setTypedConfig(Packed.any(config)).build();
  }

  static Filter network(HttpConnectionManager manager) {
    return Filter.newBuilder()
        .setName("envoy.filters.network.http_connection_manager")
        .setTypedConfig(Packed.any(manager))
        .build();
  }

  private static AccessLog accessLog(Topology topology, Group group) {
    var fields = Struct.newBuilder();
    for (String[] field : LOGGED) {
      fields.putFields(field[0], Value.newBuilder().setStringValue(field[1]).build());
    }
    String path = topology.accessLogs().getOrDefault(group, "/dev/null");
    return AccessLog.newBuilder()
        .setName("envoy.access_loggers.file")
        .setTypedConfig(
            Packed.any(
                FileAccessLog.newBuilder()
                    .setPath(path)
                    .setLogFormat(SubstitutionFormatString.newBuilder().setJsonFormat(fields))
                    .build()))
        .build();
  }

  /// As our services decide: who brings a trace has decided, of the rest a share is recorded. It
  /// takes a sampler; `random_sampling` would overrule the caller.
  private static HttpConnectionManager.Tracing tracing(Group group, double sampleRatio) {
    var config =
        OpenTelemetryConfig.newBuilder()
            .setServiceName(group.identity())
            .setSampler(Sampling.callerFirst(sampleRatio))
            .setGrpcService(
                GrpcService.newBuilder()
                    .setTimeout(Packed.duration(Duration.ofMillis(500)))
                    .setEnvoyGrpc(
                        GrpcService.EnvoyGrpc.newBuilder().setClusterName(Clusters.TRACING)))
            .build();
    return HttpConnectionManager.Tracing.newBuilder()
        .setProvider(
            Tracing.Http.newBuilder()
                .setName("envoy.tracers.opentelemetry")
                .setTypedConfig(Packed.any(config)))
        .build();
  }
}
