package dev.lantern.runtime.server;

import dev.lantern.runtime.identity.AccessPolicy;
import dev.lantern.runtime.identity.Identification;
import dev.lantern.runtime.identity.RequestContext;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/// Identifies the caller, asks the policy, and runs everything inside with the [RequestContext]
/// set.
final class CallerGate implements ServerInterceptor {

  private final AccessPolicy policy;
  private final PeerSource peers;

  CallerGate(AccessPolicy policy, PeerSource peers) {
    this.policy = policy;
    this.peers = peers;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    RequestContext context =
        Identification.identify(peers.peer(call.getAttributes(), headers), headers);
    policy.check(call.getMethodDescriptor().getFullMethodName(), context);
    return new InContext<>(context.call(() -> next.startCall(call, headers)), context);
  }

  private static final class InContext<Q> extends SimpleForwardingServerCallListener<Q> {

    private final RequestContext context;

    InContext(ServerCall.Listener<Q> delegate, RequestContext context) {
      super(delegate);
      this.context = context;
    }

    @Override
    public void onMessage(Q message) {
      context.run(() -> super.onMessage(message));
    }

    @Override
    public void onHalfClose() {
      context.run(super::onHalfClose);
    }

    @Override
    public void onReady() {
      context.run(super::onReady);
    }

    @Override
    public void onCancel() {
      context.run(super::onCancel);
    }

    @Override
    public void onComplete() {
      context.run(super::onComplete);
    }
  }
}
