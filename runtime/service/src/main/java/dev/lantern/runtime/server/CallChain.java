package dev.lantern.runtime.server;

import dev.lantern.runtime.identity.AccessPolicy;
import io.grpc.ServerInterceptor;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.MeterProvider;
import java.util.List;

/// What stands around every handler, outermost first.
///
/// 1. [AnswerGuard]: whatever ends the call ends it once, in the one shape of a refusal
/// 2. [ConcurrencyLimit]: a full house refuses before it works
/// 3. [DeadlineBound]: every unary call ends
/// 4. [CallerGate]: who calls, and whether they may; sets the RequestContext
/// 5. [RequestRules]: size and field rules of the message
///
/// In-process tests use the same chain with a peer source of their own:
///
/// ```java
/// CallChain.of(policy, (connection, headers) -> Optional.of(new SpiffeId("wallet-api")), CallLimits.defaults())
/// ```
public final class CallChain {

  private CallChain() {}

  /// The interceptors, innermost first: the order in which a gRPC server builder takes them.
  public static List<ServerInterceptor> of(
      AccessPolicy policy, PeerSource peers, CallLimits limits) {
    return of(policy, peers, limits, MeterProvider.noop().get("none"), new Busy());
  }

  /// The same, counting refusals and measuring how busy the server is.
  static List<ServerInterceptor> of(
      AccessPolicy policy, PeerSource peers, CallLimits limits, Meter meter, Busy busy) {
    return List.of(
        new RequestRules(limits),
        new CallerGate(policy, peers),
        new DeadlineBound(limits.defaultDeadline(), limits.maxDeadline()),
        new ConcurrencyLimit(limits.maxConcurrentCalls(), busy),
        new AnswerGuard(meter));
  }
}
