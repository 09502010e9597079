package dev.lantern.runtime.server;

import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Failures;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.runtime.errors.StatusMapper;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns every way a call can fail into one answer: an exception thrown by an interceptor or
/// handler, one given to `onError`, a bare status. INTERNAL is logged with its stack; nothing of it
/// reaches the caller.
final class AnswerGuard implements ServerInterceptor {

  private static final Logger LOG = LoggerFactory.getLogger(AnswerGuard.class);

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    var once = new OneEnding<>(call);
    var answering = new Answering<>(once);
    try {
      return new Guarded<>(next.startCall(answering, headers), answering);
    } catch (RuntimeException | Error e) {
      answering.refuse(e);
      return new ServerCall.Listener<>() {};
    }
  }

  /// Maps the closing status.
  private static final class Answering<Q, A> extends ForwardedCall<Q, A> {

    Answering(ServerCall<Q, A> call) {
      super(call);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      if (status.isOk() || trailers.containsKey(StatusMapper.DETAILS)) {
        super.close(status, trailers);
      } else if (status.getCause() != null) {
        refuse(status.getCause());
      } else {
        refuse(bare(status));
      }
    }

    void refuse(Throwable failure) {
      Refused refused = Failures.refusal(failure);
      if (refused.reason() == Reason.REASON_INTERNAL) {
        LOG.error("{} failed", getMethodDescriptor().getFullMethodName(), failure);
      }
      var answer = StatusMapper.answer(refused);
      super.close(answer.status(), answer.trailers());
    }

    // What gRPC itself, or a library's service, ends a call with.
    private Throwable bare(Status status) {
      return switch (status.getCode()) {
        case UNIMPLEMENTED -> Refused.of(Reason.REASON_METHOD_NOT_ALLOWED, "no such method");
        case NOT_FOUND -> Refused.of(Reason.REASON_NOT_FOUND, "nothing has this name");
        case INVALID_ARGUMENT -> Refused.of(Reason.REASON_MALFORMED_BODY, "unreadable request");
        case DEADLINE_EXCEEDED, CANCELLED ->
            Refused.of(Reason.REASON_DEADLINE, "the deadline passed");
        default -> status.asRuntimeException();
      };
    }
  }

  /// Catches what the handler throws, which for a unary call is in `onHalfClose`.
  private static final class Guarded<Q, A> extends SimpleForwardingServerCallListener<Q> {

    private final Answering<Q, A> call;

    Guarded(ServerCall.Listener<Q> delegate, Answering<Q, A> call) {
      super(delegate);
      this.call = call;
    }

    @Override
    public void onMessage(Q message) {
      guarded(() -> super.onMessage(message));
    }

    @Override
    public void onHalfClose() {
      guarded(super::onHalfClose);
    }

    @Override
    public void onReady() {
      guarded(super::onReady);
    }

    private void guarded(Runnable callback) {
      try {
        callback.run();
      } catch (RuntimeException | Error e) {
        call.refuse(e);
      }
    }
  }
}
