package dev.lantern.cli.stack.service;

/// Where our processes listen, counted from the base port.
public enum Port {
  /// Clients.
  EDGE(0),
  /// Service to service.
  MESH(1),
  /// Operators.
  ADMIN(2),
  /// The edge Envoy's own admin.
  ENVOY_EDGE(3),
  /// The mesh Envoy's own admin.
  ENVOY_MESH(4),
  /// The first order-center api; the others follow.
  API(21),
  /// The first order-center settle; the others follow.
  SETTLE(25),
  TOKEN(31),
  COUNTER(32),
  WALLET(33),
  /// Policies and switches, the control plane's own API.
  XDS(40),
  /// Limits decided call by call, for Envoys.
  RATELIMIT(41),
  /// Where the two Envoys fetch their configuration.
  ADS(42);

  private final int offset;

  Port(int offset) {
    this.offset = offset;
  }

  public int of(int basePort) {
    return basePort + offset;
  }
}
