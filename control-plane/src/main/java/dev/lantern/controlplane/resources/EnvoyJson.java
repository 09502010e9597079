package dev.lantern.controlplane.resources;

import com.github.xds.type.v3.TypedStruct;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.config.route.v3.FilterConfig;
import io.envoyproxy.envoy.config.route.v3.RouteList;
import io.envoyproxy.envoy.config.trace.v3.OpenTelemetryConfig;
import io.envoyproxy.envoy.extensions.access_loggers.file.v3.FileAccessLog;
import io.envoyproxy.envoy.extensions.common.matching.v3.ExtensionWithMatcher;
import io.envoyproxy.envoy.extensions.filters.common.matcher.action.v3.SkipFilter;
import io.envoyproxy.envoy.extensions.filters.http.buffer.v3.Buffer;
import io.envoyproxy.envoy.extensions.filters.http.grpc_json_transcoder.v3.GrpcJsonTranscoder;
import io.envoyproxy.envoy.extensions.filters.http.grpc_web.v3.GrpcWeb;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.PerRouteConfig;
import io.envoyproxy.envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation;
import io.envoyproxy.envoy.extensions.matching.input_matchers.runtime_fraction.v3.RuntimeFraction;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.type.matcher.v3.HttpRequestHeaderMatchInput;
import java.util.List;

/// Envoy's resources as JSON, which Envoy reads and people can, too.
public final class EnvoyJson {
  private static final List<Descriptor> PACKED =
      List.of(
          HttpConnectionManager.getDescriptor(),
          JwtAuthentication.getDescriptor(),
          PerRouteConfig.getDescriptor(),
          LocalRateLimit.getDescriptor(),
          Buffer.getDescriptor(),
          GrpcJsonTranscoder.getDescriptor(),
          Router.getDescriptor(),
          FileAccessLog.getDescriptor(),
          OpenTelemetryConfig.getDescriptor(),
          TypedStruct.getDescriptor(),
          HeaderMutation.getDescriptor(),
          GrpcWeb.getDescriptor(),
          ExtensionWithMatcher.getDescriptor(),
          SkipFilter.getDescriptor(),
          FilterConfig.getDescriptor(),
          io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.HeaderMutation
              .getDescriptor(),
          RouteList.getDescriptor(),
          RuntimeFraction.getDescriptor(),
          HttpRequestHeaderMatchInput.getDescriptor(),
          DownstreamTlsContext.getDescriptor(),
          UpstreamTlsContext.getDescriptor(),
          HttpProtocolOptions.getDescriptor());

  private EnvoyJson() {}

  public static String print(MessageOrBuilder message) {
    try {
      return JsonFormat.printer()
          .usingTypeRegistry(TypeRegistry.newBuilder().add(PACKED).build())
          .print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a packed type is not registered", e);
    }
  }
}
