package dev.lantern.controlplane.xds;

import com.google.protobuf.Message;
import dev.lantern.controlplane.resources.GroupResources;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.service.runtime.v3.Runtime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// A group's resources by name, and the versions they would have if they were pushed.
public final class Versions {
  private Versions() {}

  public static Map<String, Message> resources(GroupResources group, ResourceKind kind) {
    return switch (kind) {
      case LDS -> byName(group.listeners(), Listener::getName);
      case RDS -> byName(group.routes(), RouteConfiguration::getName);
      case CDS -> byName(group.clusters(), Cluster::getName);
      case EDS -> byName(group.endpoints(), ClusterLoadAssignment::getClusterName);
      case SDS -> byName(group.secrets(), Secret::getName);
      case RTDS -> byName(group.runtimes(), Runtime::getName);
      case ECDS -> byName(group.extensions(), TypedExtensionConfig::getName);
    };
  }

  public static Map<String, String> of(Map<String, Message> resources) {
    var versions = new TreeMap<String, String>();
    resources.forEach((name, resource) -> versions.put(name, Version.of(resource)));
    return versions;
  }

  private static <R extends Message> Map<String, Message> byName(
      List<R> resources, Function<R, String> name) {
    var named = new TreeMap<String, Message>();
    resources.forEach(resource -> named.put(name.apply(resource), resource));
    return named;
  }
}
