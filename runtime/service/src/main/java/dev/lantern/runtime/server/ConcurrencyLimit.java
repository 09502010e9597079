package dev.lantern.runtime.server;

import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Refused;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/// Bounds the unary calls served at once; one more is refused at once, never queued. Streams are
/// few and long, and not counted.
final class ConcurrencyLimit implements ServerInterceptor {

  private final Semaphore free;
  private final String rule;
  private final Busy busy;

  ConcurrencyLimit(int calls, Busy busy) {
    this(calls, "concurrent-calls", busy);
  }

  /// @param rule what a refusal names
  ConcurrencyLimit(int calls, String rule) {
    this(calls, rule, new Busy());
  }

  private ConcurrencyLimit(int calls, String rule, Busy busy) {
    this.free = new Semaphore(calls);
    this.rule = rule;
    this.busy = busy;
    busy.capacity(calls);
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (!call.getMethodDescriptor().getType().serverSendsOneMessage()) {
      return next.startCall(call, headers);
    }
    if (!free.tryAcquire()) {
      busy.refused();
      throw Refused.of(Reason.REASON_LIMITED, "this instance is busy").rule(rule);
    }
    long began = System.nanoTime();
    var held = new AtomicBoolean(true);
    Runnable release =
        () -> {
          if (held.compareAndSet(true, false)) {
            free.release();
            busy.served(System.nanoTime() - began);
          }
        };
    try {
      return new Releasing<>(next.startCall(call, headers), release);
    } catch (RuntimeException | Error e) {
      release.run();
      throw e;
    }
  }

  private static final class Releasing<Q> extends SimpleForwardingServerCallListener<Q> {

    private final Runnable release;

    Releasing(ServerCall.Listener<Q> delegate, Runnable release) {
      super(delegate);
      this.release = release;
    }

    @Override
    public void onComplete() {
      release.run();
      super.onComplete();
    }

    @Override
    public void onCancel() {
      release.run();
      super.onCancel();
    }
  }
}
