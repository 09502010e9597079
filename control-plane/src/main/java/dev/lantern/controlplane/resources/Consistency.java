package dev.lantern.controlplane.resources;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteList;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// What neither Envoy's validation nor the library sees: whether resources that name each other are
/// all there. Envoy does not look into a matcher's route list, and takes a filter name that does
/// not exist in a route's own configuration without a word.
public final class Consistency {
  /// What is missing, and whether Envoy would take it without a word and do nothing.
  public record Fault(String message, boolean silent) {}

  private final List<Fault> faults = new ArrayList<>();
  private final Set<String> clusters;
  private final Set<String> filters = new HashSet<>();

  private Consistency(GroupResources resources) {
    this.clusters = names(resources.clusters(), Cluster::getName);
  }

  /// What is missing; empty when all fits.
  public static List<Fault> faults(GroupResources resources) {
    var check = new Consistency(resources);
    Set<String> routes = names(resources.routes(), RouteConfiguration::getName);
    Set<String> extensions = names(resources.extensions(), TypedExtensionConfig::getName);
    resources
        .listeners()
        .forEach(listener ->
            listener
                .getFilterChainsList()
                .forEach(chain ->
                    chain
                        .getFiltersList()
                        .forEach(filter ->
                            check.manager(
                                unpack(filter.getTypedConfig(), HttpConnectionManager.class),
                                routes,
                                extensions))));
    resources.routes().forEach(check::routes);
    Set<String> members = names(resources.endpoints(), ClusterLoadAssignment::getClusterName);
    for (Cluster cluster : resources.clusters()) {
      if (cluster.getType() == Cluster.DiscoveryType.EDS && !members.contains(cluster.getName())) {
        check.fault("cluster " + cluster.getName() + " has no endpoints");
      }
    }
    return List.copyOf(check.faults);
  }

  private void manager(HttpConnectionManager manager, Set<String> routes, Set<String> extensions) {
    if (!routes.contains(manager.getRds().getRouteConfigName())) {
      fault("no routes are called " + manager.getRds().getRouteConfigName());
    }
    for (HttpFilter filter : manager.getHttpFiltersList()) {
      filters.add(filter.getName());
      if (filter.hasConfigDiscovery() && !extensions.contains(filter.getName())) {
        fault("filter " + filter.getName() + " has no configuration");
      }
    }
  }

  private void routes(RouteConfiguration configuration) {
    for (VirtualHost host : configuration.getVirtualHostsList()) {
      host.getRoutesList().forEach(this::route);
      if (host.hasMatcher()) {
        var matcher = host.getMatcher();
        matcher
            .getMatcherList()
            .getMatchersList()
            .forEach(one -> list(one.getOnMatch().getAction().getTypedConfig()));
        list(matcher.getOnNoMatch().getAction().getTypedConfig());
      }
    }
  }

  private void list(Any action) {
    unpack(action, RouteList.class).getRoutesList().forEach(this::route);
  }

  private void route(Route route) {
    if (route.hasRoute() && !clusters.contains(route.getRoute().getCluster())) {
      fault("route " + route.getName() + " leads to no cluster");
    }
    for (String filter : route.getTypedPerFilterConfigMap().keySet()) {
      if (!filters.contains(filter)) {
        faults.add(
            new Fault("route " + route.getName() + " configures no filter: " + filter, true));
      }
    }
  }

  private void fault(String message) {
    faults.add(new Fault(message, false));
  }

  private static <R> Set<String> names(List<R> resources, Function<R, String> name) {
    var names = new HashSet<String>();
    resources.forEach(resource -> names.add(name.apply(resource)));
    return names;
  }

  private static <M extends com.google.protobuf.Message> M unpack(Any any, Class<M> type) {
    try {
      return any.unpack(type);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("not a " + type.getSimpleName(), e);
    }
  }
}
