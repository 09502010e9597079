package dev.lantern.controlplane.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.controlplane.check.EnvoyBinary;
import dev.lantern.controlplane.envoy.EnvoyProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mesh fact 8: what Envoy's own check does not see, and our `Consistency` therefore must.
@Tag("mesh")
final class ValidateModeFactTest {
  @TempDir static Path candidates;

  private static final String PLAIN = "{match: {prefix: /}, direct_response: {status: 200}}";

  @Test
  void unknownCluster_ofAPlainRoute_isSeen() throws Exception {
    assertThat(complaint("routes: [{match: {prefix: /}, route: {cluster: nowhere}}]")).isPresent();
  }

  @Test
  void unknownCluster_insideAMatchersRouteList_isNotSeen() throws Exception {
    assertThat(
            complaint(
                "matcher: {on_no_match: {action: {name: list, typed_config: {\"@type\":"
                    + " type.googleapis.com/envoy.config.route.v3.RouteList, routes: [{match:"
                    + " {prefix: /}, route: {cluster: nowhere}}]}}}}"))
        .isEmpty();
  }

  @Test
  void configurationOfAFilterThatIsNotThere_isNotSeen() throws Exception {
    assertThat(
            complaint(
                "routes: ["
                    + PLAIN.substring(0, PLAIN.length() - 1)
                    + ", typed_per_filter_config: {envoy.filters.http.nosuch: {\"@type\":"
                    + " type.googleapis.com/envoy.extensions.filters.http.buffer.v3.BufferPerRoute,"
                    + " disabled: true}}}]"))
        .isEmpty();
  }

  @Test
  void routesThatComeLater_areNotSeen() throws Exception {
    assertThat(
            checked(
                "rds: {route_config_name: later, config_source: {ads: {}, resource_api_version:"
                    + " V3}}"))
        .isEmpty();
  }

  private static Optional<String> complaint(String ofHost)
      throws IOException, InterruptedException {
    return checked(
        "route_config: {validate_clusters: true, virtual_hosts: [{name: all, domains: [\"*\"], "
            + ofHost
            + "}]}");
  }

  private static Optional<String> checked(String routing) throws IOException, InterruptedException {
    String xds =
        "{name: xds, type: STATIC, connect_timeout: 1s, load_assignment: {cluster_name: xds,"
            + " endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address:"
            + " 127.0.0.1, port_value: 9}}}}]}]}, typed_extension_protocol_options:"
            + " {envoy.extensions.upstreams.http.v3.HttpProtocolOptions: {\"@type\":"
            + " type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions,"
            + " explicit_http_config: {http2_protocol_options: {}}}}}";
    String bootstrap =
        "{node: {id: n, cluster: n}, dynamic_resources: {ads_config: {api_type: DELTA_GRPC,"
            + " transport_api_version: V3, grpc_services: [{envoy_grpc: {cluster_name: xds}}]}},"
            + " static_resources: {clusters: ["
            + xds
            + "], listeners: [{name: l, address: {socket_address:"
            + " {address: 127.0.0.1, port_value: 10000}}, filter_chains: [{filters: [{name: hcm,"
            + " typed_config: {\"@type\": type.googleapis.com/envoy.extensions.filters.network"
            + ".http_connection_manager.v3.HttpConnectionManager, stat_prefix: s, "
            + routing
            + ", http_filters: [{name: router, typed_config: {\"@type\":"
            + " type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}}]}}]}]}]}}";
    return new EnvoyBinary(EnvoyProcess.binary(), candidates).complaint(json(bootstrap));
  }

  /// Flow YAML as JSON, which is what the checker gives to Envoy.
  private static String json(String yaml) {
    return new com.google.gson.Gson().toJson(new org.yaml.snakeyaml.Yaml().<Object>load(yaml));
  }
}
