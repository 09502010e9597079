package dev.lantern.cli.stack.service;

import dev.lantern.cli.stack.process.JavaLaunch.Program;
import java.util.List;
import java.util.Set;

/// One process of ours.
///
/// @param name of the part, e.g. `order-api-1`
/// @param identity of its certificate, `spiffe://lantern/IDENTITY`
/// @param program what is run
/// @param template of its configuration
/// @param heap flags that bound its memory
/// @param port its gRPC port; its metrics are 100 above
/// @param after the parts it needs
record Service(
    String name,
    String identity,
    Program program,
    String template,
    List<String> heap,
    int port,
    Set<String> after) {
  static final int METRICS_OFFSET = 100;

  int metricsPort() {
    return port + METRICS_OFFSET;
  }
}
