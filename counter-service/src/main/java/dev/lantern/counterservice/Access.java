package dev.lantern.counterservice;

import dev.lantern.counter.v1.CounterServiceGrpc;
import dev.lantern.runtime.identity.AccessPolicy;

/// Who may call the counter service: only what books adds, everybody reads.
final class Access {

  private Access() {}

  static AccessPolicy policy() {
    return AccessPolicy.builder()
        .carriers("order-center", "wallet-api")
        .method(CounterServiceGrpc.getAddMethod(), "order-center", "upstream")
        .method(CounterServiceGrpc.getClearCountersMethod(), "operator")
        .anyone(
            CounterServiceGrpc.getGetMethod(),
            "order-center",
            "wallet-api",
            "token-service",
            "counter-service",
            "control-plane",
            "operator",
            "upstream")
        .build();
  }
}
