package dev.lantern.controlplane.xds;

import com.google.protobuf.Message;
import dev.lantern.controlplane.resources.GroupResources;
import dev.lantern.controlplane.topology.Endpoint;
import dev.lantern.controlplane.topology.Group;
import dev.lantern.runtime.client.TlsIdentity;
import io.envoyproxy.controlplane.cache.Resources.ResourceType;
import io.envoyproxy.controlplane.server.V3DiscoveryServer;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.service.runtime.v3.Runtime;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Serves every group its resources over mutual TLS.
///
/// Not on the service host: its callers are proxies that speak for themselves, its calls are
/// streams for ever. Envoy pings each connection; grpc-java would close it for that after half a
/// minute unless told otherwise.
public final class XdsServer implements AutoCloseable {
  private final HashCache cache = new HashCache();
  private final Feed runtime;
  private final Feed extensions;
  private final Server server;
  private final ExecutorService threads;

  private XdsServer(Endpoint at, TlsIdentity identity, Ledger ledger) throws IOException {
    this.runtime = new Feed(ResourceKind.RTDS, ledger);
    this.extensions = new Feed(ResourceKind.ECDS, ledger);
    this.threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("xds-", 0).factory());
    var ads = new V3DiscoveryServer(new AdsAnswers(ledger), cache);
    this.server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(at.host(), at.port()), identity.server())
            .executor(threads)
            .intercept(new NodeGate())
            .addService(ads.getAggregatedDiscoveryServiceImpl())
            .addService(OwnStreams.runtime(runtime))
            .addService(OwnStreams.extensions(extensions))
            .permitKeepAliveTime(5, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .build()
            .start();
  }

  /// Opens the port; streams wait until [#publish] has given their group something.
  public static XdsServer start(Endpoint at, TlsIdentity identity, Ledger ledger) {
    try {
      return new XdsServer(at, identity, ledger);
    } catch (IOException e) {
      throw new IllegalStateException("cannot listen on " + at + ": " + e, e);
    }
  }

  public int port() {
    return server.getPort();
  }

  /// Makes these a group's resources. Limits and switches go first: they have streams of their own
  /// and wait for nothing.
  public synchronized void publish(Group group, GroupResources resources) {
    runtime.set(group, byName(resources.runtimes(), Runtime::getName));
    extensions.set(group, byName(resources.extensions(), TypedExtensionConfig::getName));
    cache.setSnapshot(group.label(), new Snap(resources));
  }

  /// The version in force of each resource of a group.
  public Map<ResourceKind, Map<String, String>> versions(Group group) {
    var versions = new HashMap<ResourceKind, Map<String, String>>();
    versions.put(ResourceKind.RTDS, runtime.versions(group));
    versions.put(ResourceKind.ECDS, extensions.versions(group));
    Snap snap = cache.getSnapshot(group.label());
    if (snap != null) {
      for (ResourceType type : ResourceType.values()) {
        versions.put(kind(type), versions(snap, type));
      }
    }
    return versions;
  }

  private static Map<String, String> versions(Snap snap, ResourceType type) {
    var versions = new HashMap<String, String>();
    snap.versionedResources(type)
        .forEach((name, resource) -> versions.put(name, resource.version()));
    return versions;
  }

  private static ResourceKind kind(ResourceType type) {
    return switch (type) {
      case LISTENER -> ResourceKind.LDS;
      case ROUTE -> ResourceKind.RDS;
      case CLUSTER -> ResourceKind.CDS;
      case ENDPOINT -> ResourceKind.EDS;
      case SECRET -> ResourceKind.SDS;
    };
  }

  private static <M extends Message> Map<String, M> byName(
      java.util.List<M> resources, Function<M, String> name) {
    return resources.stream().collect(Collectors.toMap(name, resource -> resource));
  }

  @Override
  public void close() {
    server.shutdownNow();
    threads.shutdown();
  }
}
