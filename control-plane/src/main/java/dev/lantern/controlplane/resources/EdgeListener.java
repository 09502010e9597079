package dev.lantern.controlplane.resources;

import com.google.protobuf.BoolValue;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.UInt32Value;
import dev.lantern.controlplane.policy.Policy;
import dev.lantern.controlplane.policy.Rule;
import dev.lantern.controlplane.topology.Group;
import dev.lantern.controlplane.topology.Topology;
import io.envoyproxy.envoy.config.common.mutation_rules.v3.HeaderMutation;
import io.envoyproxy.envoy.config.core.v3.ExtensionConfigSource;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.http.buffer.v3.Buffer;
import io.envoyproxy.envoy.extensions.filters.http.grpc_json_transcoder.v3.GrpcJsonTranscoder;
import io.envoyproxy.envoy.extensions.filters.http.grpc_web.v3.GrpcWeb;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication;
import io.envoyproxy.envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;

/// The listener that clients reach: strip, guard, unwrap gRPC-Web, authenticate, limit, bound the
/// body, transcode, route.
///
/// A push of it refills every bucket, so only a rule's coming or going changes it, never a figure.
final class EdgeListener {
  static final String NAME = "edge";
  static final String TRANSCODER = "envoy.filters.http.grpc_json_transcoder";

  private static final int BODY_LIMIT = 64 * 1024;

  /// What only we may set: claims, the transcoder's mark, the words of refusals, and Envoy's own
  /// orders for timeouts and retries.
  private static final List<String> STRIPPED =
      List.of(
          "x-act-id",
          "x-app-id",
          "x-lane",
          "x-envoy-original-path",
          "x-lantern-reason",
          "x-lantern-layer",
          "x-lantern-rule",
          "x-lantern-revision",
          "x-lantern-jitter-ms",
          "x-lantern-message",
          "x-envoy-upstream-rq-timeout-ms",
          "x-envoy-upstream-rq-per-try-timeout-ms",
          "x-envoy-upstream-alt-stat-name",
          "x-envoy-expected-rq-timeout-ms",
          "x-envoy-hedge-on-per-try-timeout",
          "x-envoy-max-retries",
          "x-envoy-retry-on",
          "x-envoy-retry-grpc-on",
          "x-envoy-retriable-status-codes",
          "x-envoy-retriable-header-names",
          "x-envoy-decorator-operation",
          "x-envoy-internal");

  private final Topology topology;
  private final FileDescriptorSet contracts;
  private final EdgeRoutes routes;
  private final EdgeSurface surface;

  EdgeListener(
      Topology topology, FileDescriptorSet contracts, EdgeRoutes routes, EdgeSurface surface) {
    this.topology = topology;
    this.contracts = contracts;
    this.routes = routes;
    this.surface = surface;
  }

  Listener listener(Policy policy) {
    return Listener.newBuilder()
        .setName(NAME)
        .setAddress(Clusters.address(topology.edge()))
        .setPerConnectionBufferLimitBytes(UInt32Value.of(256 * 1024))
        .addFilterChains(FilterChain.newBuilder().addFilters(Connections.network(manager(policy))))
        .build();
  }

  private HttpConnectionManager manager(Policy policy) {
    var manager =
        Connections.manager(topology, Group.GATEWAY, EdgeHost.NAME)
            .setUseRemoteAddress(BoolValue.of(true))
            .setAlwaysSetRequestIdInResponse(true)
            .setRequestHeadersTimeout(Packed.duration(Duration.ofSeconds(5)))
            .setRequestTimeout(Packed.duration(Duration.ofSeconds(5)))
            .setStreamIdleTimeout(Packed.duration(Duration.ofSeconds(15)))
            .setLocalReplyConfig(LocalReplies.edge())
            .addEarlyHeaderMutationExtensions(strip())
            .addAllHttpFilters(Browsers.filters(surface.origins()))
            .addHttpFilters(
                Connections.filter("envoy.filters.http.grpc_web", GrpcWeb.getDefaultInstance()))
            .addHttpFilters(session());
    for (Rule.RateLimit limit : policy.limits()) {
      manager.addHttpFilters(limit(limit));
    }
    return manager
        .addHttpFilters(
            Connections.filter(
                "envoy.filters.http.buffer",
                Buffer.newBuilder().setMaxRequestBytes(UInt32Value.of(BODY_LIMIT)).build()))
        .addHttpFilters(Connections.filter(TRANSCODER, transcoder()))
        // Without the headers by which Envoy tells callers how it and our services are doing.
        .addHttpFilters(
            Connections.filter(
                "envoy.filters.http.router",
                Router.newBuilder().setSuppressEnvoyHeaders(true).build()))
        .build();
  }

  private static TypedExtensionConfig strip() {
    var mutation =
        io.envoyproxy.envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation
            .newBuilder();
    STRIPPED.forEach(name -> mutation.addMutations(HeaderMutation.newBuilder().setRemove(name)));
    return TypedExtensionConfig.newBuilder()
        .setName("strip")
        .setTypedConfig(Packed.any(mutation.build()))
        .build();
  }

  /// No default: until the keys are here, everything is answered 503.
  private static HttpFilter session() {
    return HttpFilter.newBuilder()
        .setName(SessionFilter.NAME)
        .setConfigDiscovery(
            ExtensionConfigSource.newBuilder()
                .setConfigSource(Packed.ownStream(Duration.ofSeconds(2)))
                .addTypeUrls(typeUrl(JwtAuthentication.getDescriptor())))
        .build();
  }

  private static HttpFilter limit(Rule.RateLimit limit) {
    return HttpFilter.newBuilder()
        .setName(Limits.filterName(limit))
        .setConfigDiscovery(
            ExtensionConfigSource.newBuilder()
                .setConfigSource(Packed.ownStream(Duration.ofSeconds(1)))
                .setDefaultConfig(Packed.any(Limits.untilDelivered(limit)))
                .setApplyDefaultConfigWithoutWarming(true)
                .addTypeUrls(typeUrl(LocalRateLimit.getDescriptor())))
        .build();
  }

  private GrpcJsonTranscoder transcoder() {
    return GrpcJsonTranscoder.newBuilder()
        .setProtoDescriptorBin(contracts.toByteString())
        .addAllServices(routes.services())
        .setPrintOptions(
            GrpcJsonTranscoder.PrintOptions.newBuilder().setAlwaysPrintPrimitiveFields(true))
        .setConvertGrpcStatus(true)
        .setIgnoreUnknownQueryParameters(true)
        // `+` in a query is a space, as forms and Go write it.
        .setQueryParamUnescapePlus(true)
        .addAllIgnoredQueryParameters(new TreeSet<>(routes.notInQueries()))
        // A body that says of a path variable something else: else the body would overrule it.
        .setRequestValidationOptions(
            GrpcJsonTranscoder.RequestValidationOptions.newBuilder()
                .setRejectBindingBodyFieldCollisions(true))
        .build();
  }

  static String typeUrl(com.google.protobuf.Descriptors.Descriptor type) {
    return "type.googleapis.com/" + type.getFullName();
  }
}
