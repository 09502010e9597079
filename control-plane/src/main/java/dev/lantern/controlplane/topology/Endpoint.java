package dev.lantern.controlplane.topology;

/// A host and a port.
public record Endpoint(String host, int port) {
  public Endpoint {
    if (host.isBlank() || port < 1 || port > 65535) {
      throw new IllegalArgumentException("not an endpoint: " + host + ":" + port);
    }
  }

  /// Reads `host:port`.
  public static Endpoint parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon <= 0) {
      throw new IllegalArgumentException("not host:port: " + text);
    }
    return new Endpoint(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
