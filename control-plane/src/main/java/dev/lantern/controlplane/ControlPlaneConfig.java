package dev.lantern.controlplane;

import dev.lantern.runtime.client.ServiceAddress;
import dev.lantern.runtime.server.ServerConfig;
import dev.lantern.runtime.telemetry.TelemetryConfig;
import dev.lantern.stores.sql.DatabaseConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What control-plane is told at its start; the table in the README explains each.
///
/// @param server the policy and switch API
/// @param xds where Envoys fetch their configuration
/// @param tokenService asked directly for the session keys
public record ControlPlaneConfig(
    ServerConfig server,
    TelemetryConfig telemetry,
    DatabaseConfig database,
    Xds xds,
    ServiceAddress tokenService,
    MeshConfig mesh) {

  /// Where Envoys connect; the certificate is the server's.
  public record Xds(String host, int port) {}

  /// The mesh that is steered.
  ///
  /// @param data where the last known state is kept
  /// @param seeds folder of the policies that an empty store begins with
  /// @param envoyBinary what candidates are checked with; without it nothing can be applied
  /// @param maxGateways how many gateways there may ever be
  /// @param keysEvery how often token-service is asked for its keys
  /// @param origins the web origins whose pages may read the edge's answers
  /// @param pages folder of the pages that the edge answers by itself
  public record MeshConfig(
      Path data,
      Path seeds,
      Optional<Path> envoyBinary,
      int maxGateways,
      Duration keysEvery,
      List<String> origins,
      Optional<Path> pages,
      List<Instances> services,
      Listening edge,
      Listening mesh) {}

  /// A service and where its instances listen, each `host:port`.
  public record Instances(String name, List<String> endpoints) {}

  /// A listener, its access log, and what its Envoy proves itself with to our services.
  public record Listening(String address, Path accessLog, Path certificate, Path key) {}
}
