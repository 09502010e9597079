package dev.lantern.controlplane;

import dev.lantern.mesh.v1.PolicyServiceGrpc;
import dev.lantern.mesh.v1.SwitchServiceGrpc;
import dev.lantern.runtime.identity.AccessPolicy;

/// Operators steer; services watch.
final class Access {
  private Access() {}

  static AccessPolicy policy() {
    return AccessPolicy.builder()
        .service(PolicyServiceGrpc.SERVICE_NAME, "operator")
        .service(SwitchServiceGrpc.SERVICE_NAME, "operator")
        .method(
            SwitchServiceGrpc.getWatchSwitchesMethod(),
            "order-center",
            "wallet-api",
            "token-service",
            "counter-service",
            "operator")
        .build();
  }
}
