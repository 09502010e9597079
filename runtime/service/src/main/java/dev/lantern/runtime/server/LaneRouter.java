package dev.lantern.runtime.server;

import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.runtime.identity.RequestContext;
import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Serves one contract twice: live calls by one instance of the code, trials by another, which has
/// stores of its own. Which of the two is decided here alone, by the verified lane of the call;
/// what is behind has no choice of lane, and cannot mix them up.
///
/// Trials get at most so many calls at once; one more is LIMITED (rule `stress-calls`). While the
/// lane is closed they are refused with LANE_CLOSED: never served by the live side.
public final class LaneRouter {
  private final ConcurrencyLimit trials;
  private final Supplier<Optional<Side>> stress;

  /// @param calls how many calls of the stress lane are served at once
  /// @param stress what serves them now, if the lane is open
  public LaneRouter(int calls, Supplier<Optional<Side>> stress) {
    this.trials = new ConcurrencyLimit(calls, "stress-calls");
    this.stress = stress;
  }

  /// What serves the methods of one lane.
  public static final class Side {
    private final Map<String, ServerMethodDefinition<?, ?>> methods = new HashMap<>();

    private Side() {}

    public static Side of(Collection<? extends BindableService> services) {
      Side side = new Side();
      services.forEach(service ->
          service
              .bindService()
              .getMethods()
              .forEach(method ->
                  side.methods.put(method.getMethodDescriptor().getFullMethodName(), method)));
      return side;
    }
  }

  /// The same contract, its trials served by the other side.
  public BindableService of(BindableService live) {
    return () -> {
      ServerServiceDefinition served = live.bindService();
      var both = ServerServiceDefinition.builder(served.getServiceDescriptor());
      served.getMethods().forEach(method -> both.addMethod(routed(method)));
      return both.build();
    };
  }

  private <Q, A> ServerMethodDefinition<Q, A> routed(ServerMethodDefinition<Q, A> live) {
    ServerCallHandler<Q, A> liveHandler = live.getServerCallHandler();
    return live.withServerCallHandler((call, headers) ->
        switch (RequestContext.current().lane()) {
          case LANE_LIVE -> liveHandler.startCall(call, headers);
          case LANE_STRESS -> trial(call, headers);
          case LANE_UNSPECIFIED, UNRECOGNIZED ->
              throw new IllegalStateException("a call without a lane");
        });
  }

  private <Q, A> ServerCall.Listener<Q> trial(ServerCall<Q, A> call, Metadata headers) {
    String name = call.getMethodDescriptor().getFullMethodName();
    ServerMethodDefinition<?, ?> method =
        stress
            .get()
            .map(side -> side.methods.get(name))
            .orElseThrow(() ->
                Refused.of(Reason.REASON_LANE_CLOSED, "the stress lane is not open here")
                    .rule("lane"));
    // The same method of the same contract: the same messages.
    @SuppressWarnings("unchecked")
    ServerCallHandler<Q, A> handler = (ServerCallHandler<Q, A>) method.getServerCallHandler();
    return trials.interceptCall(call, headers, handler);
  }
}
