package dev.lantern.controlplane.ratelimit.serve;

import dev.lantern.runtime.client.TlsIdentity;
import dev.lantern.runtime.server.PeerSource;
import dev.lantern.runtime.server.ServerConfig;
import dev.lantern.runtime.server.Serving;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ChannelzService;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The port at which Envoys ask, over mutual TLS.
///
/// Not on the service host, which gives each call a thread, a deadline's timer, a span and five
/// interceptors: together they cost several times what a decision from memory does. Here a call
/// runs on its connection's own thread from its first byte to its answer, or until its key is
/// queued; so **no handler may block**. What bounds a call elsewhere bounds it here: the caller is
/// checked, messages are small, calls under way are counted ([Decisions]), and a verdict is due
/// within the lane's budget.
///
/// Health follows readiness: whoever balances by it, as Envoy's active health check does, sends
/// nothing to a limiter that is cold, without rules, or out of touch with its Redis, and lets calls
/// through at once instead of waiting for it.
public final class LimitServer implements Serving, AutoCloseable {
  /// The dependency whose health is told beside the whole's.
  static final String REDIS = "redis";

  private static final Logger LOG = LoggerFactory.getLogger(LimitServer.class);
  private static final int MOST_BYTES = 16 * 1024;
  private static final int MOST_CALLS_PER_CONNECTION = 10_000;

  private final ServerConfig config;
  private final Server server;
  private final HealthStatusManager health = new HealthStatusManager();
  private final Deque<AutoCloseable> onStop = new ArrayDeque<>();
  private final AtomicBoolean stopping = new AtomicBoolean();

  private LimitServer(
      ServerConfig config, TlsIdentity identity, Decisions decisions, Set<String> callers)
      throws IOException {
    this.config = config;
    var gate = new CallerGate(callers, PeerSource.certificate());
    ready(false, false);
    this.server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(config.host(), config.port()), identity.server())
            .directExecutor()
            .addTransportFilter(gate)
            .intercept(gate)
            .addService(decisions)
            .addService(health.getHealthService())
            .addService(ProtoReflectionServiceV1.newInstance())
            .addService(ChannelzService.newInstance(100))
            .maxInboundMessageSize(MOST_BYTES)
            .maxConcurrentCallsPerConnection(MOST_CALLS_PER_CONNECTION)
            .permitKeepAliveTime(5, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .build()
            .start();
  }

  /// Opens the port; not ready until told so.
  ///
  /// @param callers the processes that may ask
  public static LimitServer start(
      ServerConfig config, TlsIdentity identity, Decisions decisions, Set<String> callers) {
    try {
      var started = new LimitServer(config, identity, decisions, callers);
      Runtime.getRuntime().addShutdownHook(new Thread(started::close, "drain"));
      LOG.info("ratelimit listens on {}:{}", config.host(), started.port());
      return started;
    } catch (IOException e) {
      throw new IllegalStateException(
          "ratelimit cannot listen on " + config.host() + ":" + config.port() + ": " + e, e);
    }
  }

  public int port() {
    return server.getPort();
  }

  /// Says whether it is fit to be asked, and whether Redis answers.
  public void ready(boolean whole, boolean redis) {
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status(whole));
    health.setStatus(REDIS, status(redis));
  }

  /// Closes this after the last call has ended, the last named first.
  public synchronized LimitServer onStop(AutoCloseable resource) {
    onStop.addFirst(resource);
    return this;
  }

  @Override
  public void await() throws InterruptedException {
    server.awaitTermination();
  }

  /// Says that it is not ready, waits until balancers have seen it, and ends; once.
  @Override
  public void close() {
    if (!stopping.compareAndSet(false, true)) {
      return;
    }
    health.enterTerminalState();
    try {
      Thread.sleep(config.drainDelay());
      server.shutdown();
      if (!server.awaitTermination(config.drainTimeout().toNanos(), TimeUnit.NANOSECONDS)) {
        server.shutdownNow();
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
    closeRest();
  }

  private synchronized void closeRest() {
    for (AutoCloseable one : onStop) {
      try {
        one.close();
      } catch (Exception e) {
        LOG.warn("closing {}", one, e);
      }
    }
  }

  private static ServingStatus status(boolean serving) {
    return serving ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
  }
}
