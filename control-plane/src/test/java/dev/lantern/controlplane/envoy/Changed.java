package dev.lantern.controlplane.envoy;

import com.google.protobuf.UInt32Value;
import dev.lantern.controlplane.resources.GroupResources;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import java.util.List;
import java.util.function.Predicate;

/// The same resources with one kind changed.
final class Changed {
  private Changed() {}

  /// Another answer for unknown paths; with an empty domain, one that Envoy refuses.
  static GroupResources routes(GroupResources resources, String words) {
    RouteConfiguration.Builder routes = resources.routes().getFirst().toBuilder();
    if (words.isEmpty()) {
      routes.getVirtualHostsBuilder(0).clearDomains();
    } else {
      routes.addResponseHeadersToRemove("x-" + words.length());
    }
    return new GroupResources(
        resources.listeners(),
        List.of(routes.build()),
        resources.clusters(),
        resources.endpoints(),
        resources.secrets(),
        resources.extensions(),
        resources.runtimes());
  }

  /// Another buffer limit, which nobody notices.
  static GroupResources listener(GroupResources resources) {
    return new GroupResources(
        List.of(
            resources.listeners().getFirst().toBuilder()
                .setPerConnectionBufferLimitBytes(UInt32Value.of(300_000))
                .build()),
        resources.routes(),
        resources.clusters(),
        resources.endpoints(),
        resources.secrets(),
        resources.extensions(),
        resources.runtimes());
  }

  /// Only the filters that the predicate names.
  static GroupResources extensions(GroupResources resources, Predicate<String> delivered) {
    List<TypedExtensionConfig> kept =
        resources.extensions().stream().filter(e -> delivered.test(e.getName())).toList();
    return new GroupResources(
        resources.listeners(),
        resources.routes(),
        resources.clusters(),
        resources.endpoints(),
        resources.secrets(),
        kept,
        resources.runtimes());
  }
}
