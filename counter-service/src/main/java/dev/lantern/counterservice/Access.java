package dev.lantern.counterservice;

import dev.lantern.counter.v1.CounterServiceGrpc;
import dev.lantern.runtime.identity.AccessPolicy;
import java.util.List;

/// Who may call the counter service: only those configured add, everybody reads, our processes
/// watch, operators turn.
final class Access {

  private static final String OPERATOR = "operator";

  private static final String ORDER_CENTER = "order-center";

  /// What is counted at booking, and told as what was given: of every activity.
  private static final List<String> OF_BOOKINGS = List.of(".opened", ".fen");

  private Access() {}

  /// Whether this caller may count here: what the ledger has booked is order-center's to tell, and
  /// no other writer's, however many may add.
  static boolean mayCount(String caller, String counter) {
    return caller.equals(ORDER_CENTER) || OF_BOOKINGS.stream().noneMatch(counter::endsWith);
  }

  static AccessPolicy policy(List<String> writers) {
    return AccessPolicy.builder()
        .carriers(ORDER_CENTER, "wallet-api")
        .method(CounterServiceGrpc.getAddMethod(), writers.toArray(String[]::new))
        .method(CounterServiceGrpc.getClearCountersMethod(), OPERATOR)
        .method(CounterServiceGrpc.getSetReadSourceMethod(), OPERATOR)
        .method(CounterServiceGrpc.getGetHealthMethod(), OPERATOR)
        .method(CounterServiceGrpc.getListDriftsMethod(), OPERATOR)
        .method(
            CounterServiceGrpc.getWatchMethod(),
            ORDER_CENTER,
            "wallet-api",
            "token-service",
            "control-plane",
            "upstream",
            OPERATOR)
        .anyone(
            CounterServiceGrpc.getGetMethod(),
            ORDER_CENTER,
            "wallet-api",
            "token-service",
            "counter-service",
            "control-plane",
            "upstream",
            OPERATOR)
        .build();
  }
}
