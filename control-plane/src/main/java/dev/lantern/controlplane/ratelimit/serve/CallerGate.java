package dev.lantern.controlplane.ratelimit.serve;

import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.runtime.errors.StatusMapper;
import dev.lantern.runtime.identity.SpiffeId;
import dev.lantern.runtime.server.PeerSource;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitServiceGrpc;
import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerTransportFilter;
import java.util.Set;

/// Who may ask for decisions, worked out once a connection and looked up at each call: a decision
/// costs less than reading a certificate. Health and reflection are open to every verified peer.
final class CallerGate extends ServerTransportFilter implements ServerInterceptor {
  private static final Attributes.Key<Boolean> MAY = Attributes.Key.create("may-ask");

  private final Set<String> callers;
  private final PeerSource peers;

  /// @param callers the processes that may
  CallerGate(Set<String> callers, PeerSource peers) {
    this.callers = Set.copyOf(callers);
    this.peers = peers;
  }

  @Override
  public Attributes transportReady(Attributes connection) {
    boolean may =
        peers
            .peer(connection, new Metadata())
            .map(SpiffeId::name)
            .filter(callers::contains)
            .isPresent();
    return connection.toBuilder().set(MAY, may).build();
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (Boolean.TRUE.equals(call.getAttributes().get(MAY)) || !guarded(call)) {
      return next.startCall(call, headers);
    }
    var answer =
        StatusMapper.answer(
            Refused.of(Reason.REASON_FORBIDDEN, "this process may not ask for decisions")
                .rule("access"));
    call.close(answer.status(), answer.trailers());
    return new ServerCall.Listener<>() {};
  }

  private static boolean guarded(ServerCall<?, ?> call) {
    return RateLimitServiceGrpc.SERVICE_NAME.equals(call.getMethodDescriptor().getServiceName());
  }
}
