package dev.lantern.runtime.server;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ServerCall;

/// A call passed on, for interceptors that change a few of its methods.
class ForwardedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
  ForwardedCall(ServerCall<Q, A> call) {
    super(call);
  }
}
