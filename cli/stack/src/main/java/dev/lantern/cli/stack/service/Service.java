package dev.lantern.cli.stack.service;

import java.util.List;
import java.util.Set;

/// One process of ours.
///
/// @param name of the part, e.g. `order-api-1`
/// @param identity of its certificate, `spiffe://lantern/IDENTITY`
/// @param module folder of the checkout that holds it
/// @param main class
/// @param template of its configuration
/// @param heap flags that bound its memory
/// @param port its gRPC port; its metrics and `/ready` are 100 above
/// @param after the parts it needs
record Service(
    String name,
    String identity,
    String module,
    String main,
    String template,
    List<String> heap,
    int port,
    Set<String> after) {
  static final int METRICS_OFFSET = 100;

  int metricsPort() {
    return port + METRICS_OFFSET;
  }
}
