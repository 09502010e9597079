package dev.lantern.sdk.call;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Deadline;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Gives every unary call the lane and the nearer of all deadlines there are: the call's own, the
/// [CallContext]'s, and a default where there is neither.
public final class ContextPropagation implements ClientInterceptor {
  public static final Metadata.Key<String> LANE =
      Metadata.Key.of("x-lane", Metadata.ASCII_STRING_MARSHALLER);

  private final long defaultNanos;

  public ContextPropagation(Duration defaultDeadline) {
    this.defaultNanos = defaultDeadline.toNanos();
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    Optional<CallContext> context = CallContext.find();
    return new SimpleForwardingClientCall<>(
        next.newCall(method, bounded(options, method, context.flatMap(CallContext::deadline)))) {
      @Override
      public void start(Listener<A> listener, Metadata headers) {
        context.ifPresent(it -> headers.put(LANE, name(it)));
        super.start(listener, headers);
      }
    };
  }

  private CallOptions bounded(
      CallOptions options, MethodDescriptor<?, ?> method, Optional<Deadline> served) {
    Deadline own = options.getDeadline();
    if (served.isPresent()) {
      return options.withDeadline(own == null ? served.get() : own.minimum(served.get()));
    }
    return own == null && method.getType().serverSendsOneMessage()
        ? options.withDeadlineAfter(defaultNanos, TimeUnit.NANOSECONDS)
        : options;
  }

  private static String name(CallContext context) {
    return context.lane().name().substring("LANE_".length()).toLowerCase(Locale.ROOT);
  }
}
