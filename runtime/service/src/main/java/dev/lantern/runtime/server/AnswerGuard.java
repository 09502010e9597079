package dev.lantern.runtime.server;

import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Failures;
import dev.lantern.runtime.errors.Reasons;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.runtime.errors.StatusMapper;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns every way a call can fail into one answer: an exception thrown by an interceptor or
/// handler, one given to `onError`, a bare status. INTERNAL is logged with its stack; nothing of it
/// reaches the caller.
final class AnswerGuard implements ServerInterceptor {

  private static final Logger LOG = LoggerFactory.getLogger(AnswerGuard.class);
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("method");
  private static final AttributeKey<String> REASON = AttributeKey.stringKey("reason");

  private final LongCounter refusals;

  AnswerGuard(Meter meter) {
    this.refusals = meter.counterBuilder("lantern.refusals").build();
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    var once = new OneEnding<>(call);
    var answering = new Answering<>(once, refusals);
    try {
      return new Guarded<>(next.startCall(answering, headers), answering);
    } catch (RuntimeException | Error e) {
      answering.refuse(e);
      return new ServerCall.Listener<>() {};
    }
  }

  /// Maps the closing status.
  private static final class Answering<Q, A> extends ForwardedCall<Q, A> {

    private final LongCounter refusals;

    Answering(ServerCall<Q, A> call, LongCounter refusals) {
      super(call);
      this.refusals = refusals;
    }

    @Override
    public void close(Status status, Metadata trailers) {
      if (status.isOk()) {
        super.close(status, trailers);
      } else {
        refuse(failure(status, trailers));
      }
    }

    void refuse(Throwable failure) {
      Refused refused = Failures.refusal(failure);
      String method = getMethodDescriptor().getFullMethodName();
      if (refused.reason() == Reason.REASON_INTERNAL) {
        LOG.error("{} failed", method, failure);
      }
      refusals.add(1, Attributes.of(METHOD, method, REASON, Reasons.name(refused.reason())));
      var answer = StatusMapper.answer(refused);
      super.close(answer.status(), answer.trailers());
    }

    // `onError` of anything but a status arrives as UNKNOWN with the exception as its cause.
    private Throwable failure(Status status, Metadata trailers) {
      Throwable cause = status.getCause();
      if (status.getCode() == Status.Code.UNKNOWN && cause != null) {
        return cause;
      }
      return trailers.containsKey(StatusMapper.DETAILS)
          ? status.asRuntimeException(trailers)
          : bare(status);
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
