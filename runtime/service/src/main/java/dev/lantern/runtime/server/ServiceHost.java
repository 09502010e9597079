package dev.lantern.runtime.server;

import dev.lantern.runtime.client.TlsIdentity;
import dev.lantern.runtime.identity.AccessPolicy;
import dev.lantern.runtime.telemetry.Telemetry;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ChannelzService;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A gRPC server as every Lantern service is one: mutual TLS, a virtual thread per call, the
/// [CallChain], health, reflection, channelz, and an orderly end.
///
/// ```java
/// ServiceHost host =
///     ServiceHost.builder("order-center", config.server(), identity, telemetry)
///         .access(Access.policy())
///         .service(orderService)
///         .health("mysql", database::ping)
///         .onStop(database)
///         .start();
/// host.await();
/// ```
///
/// On SIGTERM, or [#close()]: health says NOT_SERVING, `drainDelay` passes, the port closes
/// (GOAWAY), calls under way get `drainTimeout`, then what [Builder#onStop] named is closed, last
/// named first.
public final class ServiceHost implements Serving, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceHost.class);
  private static final int MAX_CALLS_PER_CONNECTION = 4096;
  private static final Duration WARM_WITHIN = Duration.ofSeconds(10);

  private final String name;
  private final ServerConfig config;
  private final Server server;
  private final ExecutorService threads;
  private final HealthStatusManager health;
  private final HealthProbes probes;
  private final OpenStreams streams;
  private final Deque<AutoCloseable> onStop;
  private final AtomicBoolean stopping = new AtomicBoolean();

  private ServiceHost(Builder builder) throws IOException {
    this.name = builder.name;
    this.config = builder.config;
    this.health = builder.health;
    this.probes = builder.probes;
    this.streams = builder.streams;
    this.onStop = builder.onStop;
    this.threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("call-", 0).factory());
    this.server = builder.server(threads).start();
  }

  public static Builder builder(
      String name, ServerConfig config, TlsIdentity identity, Telemetry telemetry) {
    return new Builder(name, config, identity, telemetry);
  }

  /// The port it listens on; tells what the system chose for port 0.
  public int port() {
    return server.getPort();
  }

  /// Waits until the server has ended.
  @Override
  public void await() throws InterruptedException {
    server.awaitTermination();
  }

  /// Drains and stops; once, however often called, and returns when done.
  @Override
  public synchronized void close() {
    if (!stopping.compareAndSet(false, true)) {
      return;
    }
    LOG.info("{} drains", name);
    health.enterTerminalState();
    pause(config.drainDelay());
    server.shutdown();
    streams.end();
    if (!ended(config.drainTimeout())) {
      LOG.warn("{} ends with calls under way", name);
      server.shutdownNow();
      var _ = ended(Duration.ofSeconds(1));
    }
    probes.close();
    threads.shutdown();
    onStop.forEach(ServiceHost::closeQuietly);
    LOG.info("{} has stopped", name);
  }

  private boolean ended(Duration wait) {
    try {
      return server.awaitTermination(wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void pause(Duration wait) {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void closeQuietly(AutoCloseable one) {
    try {
      one.close();
    } catch (Exception e) {
      LOG.warn("closing {}", one, e);
    }
  }

  /// Collects what the server is made of.
  public static final class Builder {

    private final String name;
    private final ServerConfig config;
    private final Telemetry telemetry;
    private final NettyServerBuilder netty;
    private final HealthStatusManager health = new HealthStatusManager();
    private final HealthProbes probes = new HealthProbes(health);
    private final OpenStreams streams = new OpenStreams();
    private final Warming warming = new Warming(WARM_WITHIN);
    private final Deque<AutoCloseable> onStop = new ArrayDeque<>();
    private AccessPolicy access = AccessPolicy.builder().build();
    private CallLimits limits;
    private Busy busy = new Busy();

    private Builder(String name, ServerConfig config, TlsIdentity identity, Telemetry telemetry) {
      this.name = name;
      this.config = config;
      this.telemetry = telemetry;
      this.limits = config.limits();
      this.netty =
          NettyServerBuilder.forAddress(
              new InetSocketAddress(config.host(), config.port()), identity.server());
    }

    /// Serves this; who may call it is the access policy's matter.
    public Builder service(BindableService service) {
      var readable = new ReadableRequests(method -> limits.bytesOf(method));
      netty.addService(readable.of(service.bindService()));
      return this;
    }

    /// Lets a method take documents of so many bytes in that field; other methods' requests stay
    /// under the server's own bound.
    public Builder documents(MethodDescriptor<?, ?> method, String field, int maxBytes) {
      this.limits = limits.withDocuments(method, field, maxBytes);
      return this;
    }

    /// Who may call what; without it nobody may call anything.
    public Builder access(AccessPolicy policy) {
      this.access = policy;
      return this;
    }

    /// Measures here how busy the server is.
    public Builder busy(Busy gauge) {
      this.busy = gauge;
      return this;
    }

    /// Publishes a dependency's health under its name. The probe returns when it is well and throws
    /// when not; it runs on a virtual thread of its own, once a second.
    public Builder health(String dependency, Runnable probe) {
      probes.add(dependency, probe);
      return this;
    }

    /// Asks this before the port opens, again until it returns without an exception, for at most
    /// ten seconds: the first user shall not wait for a first connection.
    public Builder warm(String dependency, Runnable ask) {
      warming.add(dependency, ask);
      return this;
    }

    /// Closes this after the last call has ended.
    public Builder onStop(AutoCloseable resource) {
      onStop.addFirst(resource);
      return this;
    }

    /// Opens the port; throws [IllegalStateException] when it is taken.
    public ServiceHost start() {
      warming.run();
      ServiceHost host;
      try {
        host = new ServiceHost(this);
      } catch (IOException e) {
        throw new IllegalStateException(
            name + " cannot listen on " + config.host() + ":" + config.port() + ": " + e, e);
      }
      probes.start();
      health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.SERVING);
      Runtime.getRuntime().addShutdownHook(new Thread(host::close, "drain"));
      LOG.info("{} listens on {}:{}", name, config.host(), host.port());
      return host;
    }

    private Server server(ExecutorService threads) {
      netty.intercept(streams);
      CallChain.of(access, PeerSource.certificate(), limits, telemetry.meter(), busy)
          .forEach(netty::intercept);
      return netty
          .intercept(telemetry.serverInterceptor())
          .executor(threads)
          .addService(health.getHealthService())
          .addService(new Reflection())
          .addService(ChannelzService.newInstance(100))
          .fallbackHandlerRegistry(new UnknownMethods())
          // Twice the bound: what is over it, but not absurd, gets a refusal that says so.
          .maxInboundMessageSize(2 * limits.largest())
          .maxConcurrentCallsPerConnection(MAX_CALLS_PER_CONNECTION)
          .permitKeepAliveTime(5, TimeUnit.SECONDS)
          .permitKeepAliveWithoutCalls(true)
          .build();
    }
  }
}
