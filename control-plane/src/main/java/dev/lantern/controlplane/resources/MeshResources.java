package dev.lantern.controlplane.resources;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import dev.lantern.controlplane.policy.Known;
import dev.lantern.controlplane.policy.Policy;
import dev.lantern.controlplane.topology.Group;
import dev.lantern.controlplane.topology.Identity;
import dev.lantern.controlplane.topology.Service;
import dev.lantern.controlplane.topology.Topology;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The whole compilation: inputs to one [GroupResources] a group, each sliced to what it needs.
public final class MeshResources {
  /// The cluster whose size divides the limits; static in the gateways' bootstrap, members by EDS.
  static final String SELF = "self";

  private final Topology topology;
  private final FileDescriptorSet contracts;
  private final EdgeRoutes edge;
  private final EdgeSurface surface;

  public MeshResources(Topology topology, FileDescriptorSet contracts) {
    this(topology, contracts, EdgeSurface.bare());
  }

  public MeshResources(Topology topology, FileDescriptorSet contracts, EdgeSurface surface) {
    this.topology = topology;
    this.contracts = contracts;
    this.edge = EdgeRoutes.of(contracts);
    this.surface = surface;
  }

  public EdgeRoutes edgeRoutes() {
    return edge;
  }

  /// What rules may refer to.
  public Known known() {
    List<EdgeRoute> all = edge.all();
    return new Known(
        all.stream().map(EdgeRoute::id).collect(Collectors.toSet()),
        all.stream().filter(EdgeRoute::session).map(EdgeRoute::id).collect(Collectors.toSet()),
        serviceNames(),
        topology.maxGateways());
  }

  /// Finds what is wrong with what a policy makes of routes.
  public RouteChangeCheck changeCheck() {
    return new RouteChangeCheck(edge, serviceNames(), contracts);
  }

  private Set<String> serviceNames() {
    return topology.services().stream().map(Service::name).collect(Collectors.toSet());
  }

  public Topology topology() {
    return topology;
  }

  public GroupResources compile(Group group, Inputs inputs) {
    return switch (group) {
      case GATEWAY -> gateway(inputs);
      case MESH -> mesh();
    };
  }

  private GroupResources gateway(Inputs inputs) {
    Topology sliced = only(edgeServices(inputs.policy()));
    var endpoints = new ArrayList<ClusterLoadAssignment>(Clusters.endpoints(sliced));
    endpoints.add(Clusters.assignment(SELF, inputs.gateways()));
    var extensions = new ArrayList<TypedExtensionConfig>();
    inputs.jwks().ifPresent(jwks -> extensions.add(SessionFilter.resource(jwks)));
    for (var limit : inputs.policy().limits()) {
      extensions.add(Limits.resource(limit, topology.maxGateways()));
    }
    return new GroupResources(
        List.of(new EdgeListener(topology, contracts, edge, surface).listener(inputs.policy())),
        List.of(EdgeHost.routes(edge, inputs.policy(), surface)),
        Clusters.all(sliced),
        endpoints,
        secrets(Group.GATEWAY),
        extensions,
        List.of(Switches.layer(inputs.switches())));
  }

  private GroupResources mesh() {
    return new GroupResources(
        List.of(MeshListener.listener(topology)),
        List.of(MeshHosts.routes(topology)),
        Clusters.all(topology),
        Clusters.endpoints(topology),
        secrets(Group.MESH),
        List.of(),
        List.of(Switches.layer(java.util.Map.of())));
  }

  private List<io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret> secrets(
      Group group) {
    Identity identity = topology.identities().get(group);
    if (identity == null) {
      throw new IllegalStateException("no identity for group " + group.label());
    }
    return Tls.secrets(identity, topology.trust());
  }

  private Set<String> edgeServices(Policy policy) {
    var services = new TreeSet<String>();
    edge.all().forEach(route -> services.add(route.cluster()));
    for (RouteChange change : RouteChange.of(policy)) {
      switch (change) {
        case RouteChange.Fallback it -> services.add(it.cluster());
        case RouteChange.Mirror it -> services.add(it.cluster());
        case RouteChange.Ramp it -> services.add(it.cluster());
        case RouteChange.FixedAnswer _ -> {}
      }
    }
    return services;
  }

  private Topology only(Set<String> services) {
    return new Topology(
        topology.services().stream().filter(s -> services.contains(s.name())).toList(),
        topology.edge(),
        topology.mesh(),
        topology.accessLogs(),
        topology.tracing(),
        topology.trust(),
        topology.identities(),
        topology.maxGateways());
  }
}
