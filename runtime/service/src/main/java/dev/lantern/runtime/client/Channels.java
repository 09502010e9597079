package dev.lantern.runtime.client;

import dev.lantern.runtime.telemetry.Telemetry;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Opens channels to other services and closes them all with itself.
///
/// Every call gets a deadline (the caller's remaining one, else `defaultDeadline`), the trace
/// context and the lane. Nothing is retried by the channel beyond what gRPC does before a request
/// has left: retrying is the caller's decision.
public final class Channels implements AutoCloseable {

  private static final int MAX_RESPONSE_BYTES = 4 << 20;

  private final TlsIdentity identity;
  private final Telemetry telemetry;
  private final Duration defaultDeadline;
  private final List<ManagedChannel> open = new ArrayList<>();

  public Channels(TlsIdentity identity, Telemetry telemetry, Duration defaultDeadline) {
    this.identity = identity;
    this.telemetry = telemetry;
    this.defaultDeadline = defaultDeadline;
  }

  /// A channel to the service; connects when first used.
  public synchronized ManagedChannel to(ServiceAddress address) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(
                address.host(), address.port(), identity.channel(address.peers()))
            .overrideAuthority(address.authority())
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .maxInboundMessageSize(MAX_RESPONSE_BYTES)
            .keepAliveTime(10, TimeUnit.SECONDS)
            .keepAliveTimeout(3, TimeUnit.SECONDS)
            .keepAliveWithoutCalls(true)
            .intercept(telemetry.clientInterceptor(), new CallDefaults(defaultDeadline.toNanos()))
            .build();
    open.add(channel);
    return channel;
  }

  /// Closes every channel; calls under way get a second to end.
  @Override
  public synchronized void close() {
    open.forEach(ManagedChannel::shutdown);
    for (ManagedChannel channel : open) {
      try {
        if (!channel.awaitTermination(1, TimeUnit.SECONDS)) {
          channel.shutdownNow();
        }
      } catch (InterruptedException e) {
        channel.shutdownNow();
        Thread.currentThread().interrupt();
      }
    }
    open.clear();
  }
}
