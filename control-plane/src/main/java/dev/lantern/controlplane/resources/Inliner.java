package dev.lantern.controlplane.resources;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.lantern.controlplane.topology.Endpoint;
import io.envoyproxy.envoy.config.bootstrap.v3.Admin;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.bootstrap.v3.ClusterManager;
import io.envoyproxy.envoy.config.bootstrap.v3.LayeredRuntime;
import io.envoyproxy.envoy.config.bootstrap.v3.RuntimeLayer;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A whole group's resources as one static bootstrap: nothing left to fetch.
///
/// It exists because `envoy --mode validate` sees static configuration only: what is inlined here
/// is what Envoy itself checks before a revision may be applied. The same file also runs, as an
/// edge without a control plane.
public final class Inliner {
  private final GroupResources resources;
  private final Map<String, RouteConfiguration> routes;
  private final Map<String, ClusterLoadAssignment> endpoints;
  private final Map<String, TypedExtensionConfig> extensions;

  private Inliner(GroupResources resources) {
    this.resources = resources;
    this.routes = index(resources.routes(), RouteConfiguration::getName);
    this.endpoints = index(resources.endpoints(), ClusterLoadAssignment::getClusterName);
    this.extensions = index(resources.extensions(), TypedExtensionConfig::getName);
  }

  /// Everything a group runs, in one file.
  ///
  /// @param node the Envoy's node id
  /// @param admin where Envoy's own admin listens; empty: nowhere
  public static Bootstrap bootstrap(
      GroupResources resources, String node, Optional<Endpoint> admin) {
    return new Inliner(resources).inlined(node, admin);
  }

  private Bootstrap inlined(String node, Optional<Endpoint> admin) {
    var bootstrap = Bootstrap.newBuilder().setNode(Node.newBuilder().setId(node).setCluster(node));
    admin.ifPresent(at -> bootstrap.setAdmin(Admin.newBuilder().setAddress(Clusters.address(at))));
    var statics = bootstrap.getStaticResourcesBuilder();
    resources.listeners().forEach(listener -> statics.addListeners(listener(listener)));
    resources.clusters().forEach(cluster -> statics.addClusters(cluster(cluster)));
    resources.secrets().forEach(statics::addSecrets);
    ClusterLoadAssignment self = endpoints.get(MeshResources.SELF);
    if (self != null) {
      statics.addClusters(
          Cluster.newBuilder()
              .setName(MeshResources.SELF)
              .setType(Cluster.DiscoveryType.STATIC)
              .setLoadAssignment(self));
      bootstrap.setClusterManager(
          ClusterManager.newBuilder().setLocalClusterName(MeshResources.SELF));
    }
    return bootstrap.setLayeredRuntime(runtime()).build();
  }

  private LayeredRuntime runtime() {
    var layers = LayeredRuntime.newBuilder();
    for (var runtime : resources.runtimes()) {
      layers.addLayers(
          RuntimeLayer.newBuilder().setName(runtime.getName()).setStaticLayer(runtime.getLayer()));
    }
    return layers
        .addLayers(
            RuntimeLayer.newBuilder()
                .setName("admin")
                .setAdminLayer(RuntimeLayer.AdminLayer.getDefaultInstance()))
        .build();
  }

  private Listener listener(Listener listener) {
    var inlined = listener.toBuilder().clearFilterChains();
    for (FilterChain chain : listener.getFilterChainsList()) {
      var copy = chain.toBuilder().clearFilters();
      for (Filter filter : chain.getFiltersList()) {
        copy.addFilters(filter(filter));
      }
      if (chain.hasTransportSocket()) {
        copy.setTransportSocket(
            socket(
                chain.getTransportSocket(),
                DownstreamTlsContext.class,
                tls ->
                    tls.toBuilder().setCommonTlsContext(tls(tls.getCommonTlsContext())).build()));
      }
      inlined.addFilterChains(copy);
    }
    return inlined.build();
  }

  private Filter filter(Filter filter) {
    HttpConnectionManager manager = unpack(filter.getTypedConfig(), HttpConnectionManager.class);
    var inlined = manager.toBuilder().clearHttpFilters();
    String name = manager.getRds().getRouteConfigName();
    RouteConfiguration found = routes.get(name);
    if (found == null) {
      throw new IllegalStateException("a listener asks for routes that are not there: " + name);
    }
    inlined.setRouteConfig(found);
    for (HttpFilter http : manager.getHttpFiltersList()) {
      inlined.addHttpFilters(http(http));
    }
    return filter.toBuilder().setTypedConfig(Packed.any(inlined.build())).build();
  }

  private HttpFilter http(HttpFilter filter) {
    if (!filter.hasConfigDiscovery()) {
      return filter;
    }
    TypedExtensionConfig delivered = extensions.get(filter.getName());
    if (delivered != null) {
      return filter.toBuilder().setTypedConfig(delivered.getTypedConfig()).build();
    }
    if (!filter.getConfigDiscovery().hasDefaultConfig()) {
      throw new IllegalStateException("no configuration for filter " + filter.getName());
    }
    return filter.toBuilder()
        .setTypedConfig(filter.getConfigDiscovery().getDefaultConfig())
        .build();
  }

  private Cluster cluster(Cluster cluster) {
    var inlined = cluster.toBuilder();
    if (cluster.getType() == Cluster.DiscoveryType.EDS) {
      ClusterLoadAssignment members = endpoints.get(cluster.getName());
      if (members == null) {
        throw new IllegalStateException("no endpoints for cluster " + cluster.getName());
      }
      inlined
          .clearEdsClusterConfig()
          .setType(Cluster.DiscoveryType.STATIC)
          .setLoadAssignment(members);
    }
    if (cluster.hasTransportSocket()) {
      inlined.setTransportSocket(
          socket(
              cluster.getTransportSocket(),
              UpstreamTlsContext.class,
              tls -> tls.toBuilder().setCommonTlsContext(tls(tls.getCommonTlsContext())).build()));
    }
    return inlined.build();
  }

  /// A secret named without a source is looked up among the static ones.
  private static CommonTlsContext tls(CommonTlsContext common) {
    var inlined = common.toBuilder().clearTlsCertificateSdsSecretConfigs();
    for (SdsSecretConfig sds : common.getTlsCertificateSdsSecretConfigsList()) {
      inlined.addTlsCertificateSdsSecretConfigs(sds.toBuilder().clearSdsConfig());
    }
    inlined
        .getCombinedValidationContextBuilder()
        .getValidationContextSdsSecretConfigBuilder()
        .clearSdsConfig();
    return inlined.build();
  }

  private static <M extends Message> TransportSocket socket(
      TransportSocket socket, Class<M> type, Function<M, M> change) {
    return socket.toBuilder()
        .setTypedConfig(Packed.any(change.apply(unpack(socket.getTypedConfig(), type))))
        .build();
  }

  private static <M extends Message> M unpack(Any any, Class<M> type) {
    try {
      return any.unpack(type);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("not a " + type.getSimpleName(), e);
    }
  }

  private static <R> Map<String, R> index(List<R> resources, Function<? super R, String> name) {
    return resources.stream().collect(Collectors.toMap(name, r -> r));
  }
}
