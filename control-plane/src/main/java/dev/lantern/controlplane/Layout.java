package dev.lantern.controlplane;

import dev.lantern.controlplane.ControlPlaneConfig.Listening;
import dev.lantern.controlplane.topology.Endpoint;
import dev.lantern.controlplane.topology.Group;
import dev.lantern.controlplane.topology.Identity;
import dev.lantern.controlplane.topology.Service;
import dev.lantern.controlplane.topology.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The configuration as a [Topology], certificates read.
final class Layout {
  private Layout() {}

  static Topology topology(ControlPlaneConfig config) {
    var mesh = config.mesh();
    return new Topology(
        mesh.services().stream()
            .map(service ->
                new Service(
                    service.name(), service.endpoints().stream().map(Endpoint::parse).toList()))
            .toList(),
        Endpoint.parse(mesh.edge().address()),
        Endpoint.parse(mesh.mesh().address()),
        Map.of(
            Group.GATEWAY, mesh.edge().accessLog().toString(),
            Group.MESH, mesh.mesh().accessLog().toString()),
        config
            .telemetry()
            .otlpEndpoint()
            .map(endpoint ->
                new Topology.Tracing(collector(endpoint), config.telemetry().sampleRatio())),
        read(config.server().tls().ca()),
        Map.of(Group.GATEWAY, identity(mesh.edge()), Group.MESH, identity(mesh.mesh())),
        mesh.maxGateways());
  }

  private static Endpoint collector(String endpoint) {
    URI uri = URI.create(endpoint);
    return new Endpoint(uri.getHost(), uri.getPort() < 0 ? 4317 : uri.getPort());
  }

  private static Identity identity(Listening listening) {
    return new Identity(read(listening.certificate()), read(listening.key()));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
