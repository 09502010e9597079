package dev.lantern.controlplane.resources;

import com.google.protobuf.BoolValue;
import com.google.protobuf.Duration;
import dev.lantern.controlplane.topology.Service;
import dev.lantern.controlplane.topology.Topology;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;

/// Service to service: the authority names the service, so reflection works for each.
///
/// No deadline of Envoy's own: a caller's `grpc-timeout` is what holds, and a watch has none. No
/// retries: callers know what they may repeat.
final class MeshHosts {
  /// The route configuration's name.
  static final String NAME = "mesh";

  private static final Duration NONE = Duration.getDefaultInstance();

  private MeshHosts() {}

  static RouteConfiguration routes(Topology topology) {
    var routes =
        RouteConfiguration.newBuilder().setName(NAME).setValidateClusters(BoolValue.of(true));
    for (Service service : topology.services()) {
      routes.addVirtualHosts(
          VirtualHost.newBuilder()
              .setName(service.name())
              .addDomains(service.name())
              .addRoutes(to(service.name())));
    }
    return routes.build();
  }

  private static Route to(String cluster) {
    return Route.newBuilder()
        .setName(cluster)
        .setMatch(
            RouteMatch.newBuilder()
                .setPrefix("/")
                .setGrpc(RouteMatch.GrpcRouteMatchOptions.getDefaultInstance()))
        .setRoute(
            RouteAction.newBuilder()
                .setCluster(cluster)
                .setTimeout(NONE)
                .setMaxStreamDuration(
                    RouteAction.MaxStreamDuration.newBuilder().setGrpcTimeoutHeaderMax(NONE)))
        .build();
  }
}
