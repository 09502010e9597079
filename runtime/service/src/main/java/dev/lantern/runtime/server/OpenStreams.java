package dev.lantern.runtime.server;

import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Refused;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Knows the streams that would never end by themselves, so that draining can end them: their
/// readers come back, to an instance that stays.
final class OpenStreams implements ServerInterceptor {

  private final Set<ServerCall<?, ?>> open = ConcurrentHashMap.newKeySet();

  /// Ends all streams that are open now, with NOT_SERVING.
  void end() {
    Refused draining = Refused.of(Reason.REASON_NOT_SERVING, "this instance is draining");
    for (ServerCall<?, ?> call : open) {
      call.close(Status.fromThrowable(draining), new Metadata());
    }
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (call.getMethodDescriptor().getType().serverSendsOneMessage()) {
      return next.startCall(call, headers);
    }
    ServerCall.Listener<Q> listener = next.startCall(call, headers);
    open.add(call);
    return new SimpleForwardingServerCallListener<>(listener) {
      @Override
      public void onComplete() {
        open.remove(call);
        super.onComplete();
      }

      @Override
      public void onCancel() {
        open.remove(call);
        super.onCancel();
      }
    };
  }
}
