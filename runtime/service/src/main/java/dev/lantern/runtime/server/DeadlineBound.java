package dev.lantern.runtime.server;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Gives every unary call a deadline, capped, and answers DEADLINE when it passes, even if the
/// handler still waits for something; the calls it makes inherit what is left.
final class DeadlineBound implements ServerInterceptor {

  private final Duration unlessGiven;
  private final Duration most;
  private final ScheduledExecutorService timer;

  DeadlineBound(Duration unlessGiven, Duration most) {
    this.unlessGiven = unlessGiven;
    this.most = most;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("call-deadlines").factory());
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (!call.getMethodDescriptor().getType().serverSendsOneMessage()) {
      return next.startCall(call, headers);
    }
    Deadline deadline = bounded(Context.current().getDeadline());
    Context.CancellableContext context = Context.current().withDeadline(deadline, timer);
    context.addListener(
        ended -> {
          if (deadline.isExpired() && ended.isCancelled()) {
            call.close(Status.DEADLINE_EXCEEDED, new Metadata());
          }
        },
        Runnable::run);
    return Contexts.interceptCall(context, new Ending<>(call, context), headers, next);
  }

  private Deadline bounded(@Nullable Deadline given) {
    if (given == null) {
      return Deadline.after(unlessGiven.toNanos(), TimeUnit.NANOSECONDS);
    }
    return given.minimum(Deadline.after(most.toNanos(), TimeUnit.NANOSECONDS));
  }

  /// Ends the context with the call, which takes its timer off the queue.
  private static final class Ending<Q, A> extends ForwardedCall<Q, A> {

    private final Context.CancellableContext context;

    Ending(ServerCall<Q, A> call, Context.CancellableContext context) {
      super(call);
      this.context = context;
    }

    @Override
    public void close(Status status, Metadata trailers) {
      super.close(status, trailers);
      context.cancel(null);
    }
  }
}
