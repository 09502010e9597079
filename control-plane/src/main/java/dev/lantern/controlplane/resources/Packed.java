package dev.lantern.controlplane.resources;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.BackoffStrategy;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.GrpcService;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.config.core.v3.RetryPolicy;
import java.time.Duration;

/// The few turns of phrase that every Envoy resource repeats.
final class Packed {
  /// The static cluster by which an Envoy reaches the control plane.
  static final String XDS_CLUSTER = "xds";

  private Packed() {}

  static Any any(Message message) {
    return Any.pack(message);
  }

  static com.google.protobuf.Duration duration(Duration value) {
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(value.getSeconds())
        .setNanos(value.getNano())
        .build();
  }

  /// From the one delta ADS stream.
  static ConfigSource ads() {
    return ConfigSource.newBuilder()
        .setAds(AggregatedConfigSource.getDefaultInstance())
        .setResourceApiVersion(ApiVersion.V3)
        .build();
  }

  /// From a delta stream of its own, with a bound on how long a start waits for it.
  static ConfigSource ownStream(Duration initialFetchTimeout) {
    var backoff =
        BackoffStrategy.newBuilder()
            .setBaseInterval(duration(Duration.ofMillis(200)))
            .setMaxInterval(duration(Duration.ofSeconds(1)));
    var xds =
        GrpcService.newBuilder()
            .setEnvoyGrpc(
                GrpcService.EnvoyGrpc.newBuilder()
                    .setClusterName(XDS_CLUSTER)
                    .setRetryPolicy(RetryPolicy.newBuilder().setRetryBackOff(backoff)));
    return ConfigSource.newBuilder()
        .setResourceApiVersion(ApiVersion.V3)
        .setInitialFetchTimeout(duration(initialFetchTimeout))
        .setApiConfigSource(
            ApiConfigSource.newBuilder()
                .setApiType(ApiConfigSource.ApiType.DELTA_GRPC)
                .setTransportApiVersion(ApiVersion.V3)
                .addGrpcServices(xds))
        .build();
  }

  static HeaderValueOption header(String key, String value, HeaderAppendAction action) {
    return HeaderValueOption.newBuilder()
        .setHeader(HeaderValue.newBuilder().setKey(key).setValue(value))
        .setAppendAction(action)
        .build();
  }
}
