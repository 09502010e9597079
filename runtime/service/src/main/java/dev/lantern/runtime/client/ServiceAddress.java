package dev.lantern.runtime.client;

import dev.lantern.runtime.identity.SpiffeId;
import java.util.Set;

/// Where a service is reached: the mesh listener's address with the service's name as `authority`,
/// or the service's own.
///
/// The server that answers must prove to be the service named by `authority`, or the mesh's Envoy.
public record ServiceAddress(String host, int port, String authority) {

  public ServiceAddress {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port must be 1..65535, not " + port);
    }
    var _ = new SpiffeId(authority);
  }

  Set<String> peers() {
    return authority.equals(SpiffeId.MESH.name())
        ? Set.of(authority)
        : Set.of(authority, SpiffeId.MESH.name());
  }
}
