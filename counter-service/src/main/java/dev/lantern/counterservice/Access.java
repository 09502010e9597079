package dev.lantern.counterservice;

import dev.lantern.counter.v1.CounterServiceGrpc;
import dev.lantern.runtime.identity.AccessPolicy;
import java.util.List;

/// Who may call the counter service: only those configured add, everybody reads, our processes
/// watch, operators turn.
final class Access {

  private static final String OPERATOR = "operator";

  private Access() {}

  static AccessPolicy policy(List<String> writers) {
    return AccessPolicy.builder()
        .carriers("order-center", "wallet-api")
        .method(CounterServiceGrpc.getAddMethod(), writers.toArray(String[]::new))
        .method(CounterServiceGrpc.getClearCountersMethod(), OPERATOR)
        .method(CounterServiceGrpc.getSetReadSourceMethod(), OPERATOR)
        .method(CounterServiceGrpc.getGetHealthMethod(), OPERATOR)
        .method(CounterServiceGrpc.getListDriftsMethod(), OPERATOR)
        .method(
            CounterServiceGrpc.getWatchMethod(),
            "order-center",
            "wallet-api",
            "token-service",
            "control-plane",
            "upstream",
            OPERATOR)
        .anyone(
            CounterServiceGrpc.getGetMethod(),
            "order-center",
            "wallet-api",
            "token-service",
            "counter-service",
            "control-plane",
            "upstream",
            OPERATOR)
        .build();
  }
}
