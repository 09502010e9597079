package dev.lantern.proving.clientlog;

/// How a client spoke to the edge.
public enum Protocol {
  /// HTTP/1.1 with JSON bodies.
  JSON,
  /// gRPC over cleartext HTTP/2.
  GRPC
}
