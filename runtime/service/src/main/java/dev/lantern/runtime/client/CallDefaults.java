package dev.lantern.runtime.client;

import dev.lantern.common.v1.Lane;
import dev.lantern.runtime.identity.Identification;
import dev.lantern.runtime.identity.RequestContext;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Context;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// Gives every unary call a deadline and passes the lane on. A deadline of the call being served
/// applies by itself: gRPC takes the nearer one.
final class CallDefaults implements ClientInterceptor {

  private final long deadlineNanos;

  CallDefaults(long deadlineNanos) {
    this.deadlineNanos = deadlineNanos;
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    boolean bounded = options.getDeadline() != null || Context.current().getDeadline() != null;
    boolean streams = !method.getType().serverSendsOneMessage();
    CallOptions chosen =
        bounded || streams
            ? options
            : options.withDeadlineAfter(deadlineNanos, TimeUnit.NANOSECONDS);
    return new SimpleForwardingClientCall<>(next.newCall(method, chosen)) {
      @Override
      public void start(Listener<A> listener, Metadata headers) {
        RequestContext.find().ifPresent(context -> headers.put(Identification.LANE, lane(context)));
        super.start(listener, headers);
      }
    };
  }

  private static String lane(RequestContext context) {
    Lane lane = context.lane();
    return lane.name().substring("LANE_".length()).toLowerCase(Locale.ROOT);
  }
}
