package dev.lantern.controlplane.facts;

import dev.lantern.controlplane.envoy.EnvoyProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// An Envoy with nothing of ours: listeners written by hand, one cluster.
final class BareEnvoy implements AutoCloseable {
  private final EnvoyProcess envoy;
  private final List<Integer> ports;

  private BareEnvoy(EnvoyProcess envoy, List<Integer> ports) {
    this.envoy = envoy;
    this.ports = List.copyOf(ports);
  }

  /// A listener: what its connection manager has beside its name.
  ///
  /// @param filters YAML in one line each, the router left out
  /// @param routes YAML in one line each
  record Listening(List<String> filters, List<String> routes) {}

  /// @param upstream the port of the cluster `up`, which speaks HTTP/2
  static BareEnvoy start(Path dir, int upstream, Listening... listeners) throws IOException {
    int admin = EnvoyProcess.freePort();
    var ports = new ArrayList<Integer>();
    var yaml = new StringBuilder();
    yaml.append(
        "admin: {address: {socket_address: {address: 127.0.0.1, port_value: " + admin + "}}}\n");
    yaml.append("static_resources:\n  listeners:\n");
    for (Listening listener : listeners) {
      int port = EnvoyProcess.freePort();
      ports.add(port);
      yaml.append(listener(listener, port));
    }
    yaml.append(cluster(upstream));
    Path config = dir.resolve("bare-" + admin + ".yaml");
    Files.writeString(config, yaml);
    return new BareEnvoy(EnvoyProcess.start(config, admin, dir), ports);
  }

  private static String listener(Listening listener, int port) {
    var yaml = new StringBuilder();
    yaml.append("  - name: l" + port + "\n");
    yaml.append("    address: {socket_address: {address: 127.0.0.1, port_value: " + port + "}}\n");
    yaml.append("    filter_chains:\n    - filters:\n      - name: hcm\n        typed_config:\n");
    yaml.append("          \"@type\": type.googleapis.com/envoy.extensions.filters.network");
    yaml.append(".http_connection_manager.v3.HttpConnectionManager\n");
    yaml.append("          stat_prefix: p" + port + "\n          codec_type: AUTO\n");
    yaml.append("          route_config:\n            virtual_hosts:\n");
    yaml.append("            - name: all\n              domains: [\"*\"]\n              routes:\n");
    listener.routes().forEach(route -> yaml.append("              - " + route + "\n"));
    yaml.append("          http_filters:\n");
    listener.filters().forEach(filter -> yaml.append("          - " + filter + "\n"));
    yaml.append("          - {name: router, typed_config: {\"@type\": type.googleapis.com/");
    yaml.append("envoy.extensions.filters.http.router.v3.Router}}\n");
    return yaml.toString();
  }

  private static String cluster(int upstream) {
    return String.join(
        "\n",
        "  clusters:",
        "  - name: up",
        "    type: STATIC",
        "    connect_timeout: 1s",
        "    load_assignment: {cluster_name: up, endpoints: [{lb_endpoints: [{endpoint: {address:"
            + " {socket_address: {address: 127.0.0.1, port_value: "
            + upstream
            + "}}}}]}]}",
        "    typed_extension_protocol_options:",
        "      envoy.extensions.upstreams.http.v3.HttpProtocolOptions:",
        "        \"@type\": type.googleapis.com/envoy.extensions.upstreams.http.v3"
            + ".HttpProtocolOptions",
        "        explicit_http_config: {http2_protocol_options: {}}",
        "");
  }

  int port(int listener) {
    return ports.get(listener);
  }

  /// How many requests a listener has had.
  long requests(int listener) {
    return envoy.stat("http.p" + port(listener) + ".downstream_rq_total");
  }

  @Override
  public void close() {
    envoy.close();
  }
}
