package dev.lantern.runtime.server;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;

/// Lets the first ending of a call win, so that a deadline may end it from another thread while the
/// handler still runs. What the handler sends afterwards is dropped.
final class OneEnding<Q, A> extends ForwardedCall<Q, A> {

  private boolean ended;

  OneEnding(ServerCall<Q, A> call) {
    super(call);
  }

  @Override
  public synchronized void sendHeaders(Metadata headers) {
    if (!ended) {
      super.sendHeaders(headers);
    }
  }

  @Override
  public synchronized void sendMessage(A message) {
    if (!ended) {
      super.sendMessage(message);
    }
  }

  @Override
  public synchronized void close(Status status, Metadata trailers) {
    if (!ended) {
      ended = true;
      super.close(status, trailers);
    }
  }
}
