package dev.lantern.runtime.server;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lantern.cli.stack.home.Home;
import dev.lantern.cli.stack.home.Secrets;
import dev.lantern.cli.stack.pki.DevPki;
import dev.lantern.cli.stack.port.FreePorts;
import dev.lantern.common.v1.Reason;
import dev.lantern.play.v1.GrabRequest;
import dev.lantern.play.v1.GrabResponse;
import dev.lantern.play.v1.PlayServiceGrpc;
import dev.lantern.play.v1.PlayServiceGrpc.PlayServiceBlockingStub;
import dev.lantern.runtime.client.Channels;
import dev.lantern.runtime.client.ServiceAddress;
import dev.lantern.runtime.client.TlsConfig;
import dev.lantern.runtime.client.TlsIdentity;
import dev.lantern.runtime.errors.Failures;
import dev.lantern.runtime.identity.AccessPolicy;
import dev.lantern.runtime.identity.RequestContext;
import dev.lantern.runtime.telemetry.Telemetry;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/// One host over real mutual TLS, its certificate authority, and channels to it.
final class World implements AutoCloseable {

  private static final AccessPolicy POLICY =
      AccessPolicy.builder().users(PlayServiceGrpc.getGrabMethod(), "wallet-api").build();

  private final DevPki pki;
  private final int port = FreePorts.base();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Telemetry telemetry = Telemetry.quiet("test");
  private final AtomicBoolean dependencyUp = new AtomicBoolean(true);
  private int documentBytes;

  private World(DevPki pki) {
    this.pki = pki;
  }

  static World of(Path home) {
    return new World(authority(home));
  }

  static DevPki authority(Path at) {
    var opened = Home.open(at);
    return new DevPki(opened, new Secrets(opened, new SecureRandom()));
  }

  int port() {
    return port;
  }

  Telemetry telemetry() {
    return telemetry;
  }

  /// What the probe of the dependency `thing` finds.
  AtomicBoolean dependencyUp() {
    return dependencyUp;
  }

  ServerConfig config() {
    return config(tls("order-center"));
  }

  ServerConfig config(TlsConfig tls) {
    return new ServerConfig(
        "127.0.0.1",
        port,
        port + 100,
        tls,
        65_536,
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        100,
        Duration.ofMillis(50),
        Duration.ofSeconds(10));
  }

  /// From now on a grab's `request_id` is taken for a document that may be this large.
  void documents(int bytes) {
    documentBytes = bytes;
  }

  void serve(Function<GrabRequest, GrabResponse> handler) {
    var _ = serve(config(), handler, telemetry);
  }

  ServiceHost serve(
      ServerConfig config,
      Function<GrabRequest, GrabResponse> handler,
      Telemetry measured,
      AutoCloseable... onStop) {
    var builder =
        ServiceHost.builder("order-center", config, identity(config.tls()), measured)
            .access(POLICY)
            .service(new Play(handler))
            .health("thing", this::probe);
    if (documentBytes > 0) {
      builder.documents(PlayServiceGrpc.getGrabMethod(), "request_id", documentBytes);
    }
    for (AutoCloseable one : onStop) {
      builder.onStop(one);
    }
    ServiceHost host = builder.start();
    open.addFirst(host);
    return host;
  }

  ManagedChannel channel(String as, String to) {
    return channel(tls(as), to);
  }

  ManagedChannel channel(TlsConfig as, String to) {
    var channels = new Channels(identity(as), telemetry, Duration.ofSeconds(5));
    open.addFirst(channels);
    return channels.to(new ServiceAddress("127.0.0.1", port, to));
  }

  TlsConfig tls(String name) {
    return tls(name, pki);
  }

  static TlsConfig tls(String name, DevPki authority) {
    try {
      var leaf = authority.leaf(name);
      return new TlsConfig(leaf.certificate(), leaf.key(), leaf.authority(), Duration.ofMinutes(1));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  void closeLater(AutoCloseable one) {
    open.addFirst(one);
  }

  /// What Prometheus would scrape.
  String metrics() throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + (port + 100) + "/metrics"))
              .build();
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  static GrabResponse whoAmI(GrabRequest request) {
    var context = RequestContext.current();
    return Play.answer(context.caller().name() + " " + context.user());
  }

  static StatusRuntimeException failure(PlayServiceBlockingStub stub) {
    return catchThrowableOfType(StatusRuntimeException.class, () -> stub.grab(Play.GOOD));
  }

  static Reason reason(StatusRuntimeException e) {
    return Failures.refusedBy(e).orElseThrow(() -> e).reason();
  }

  @Override
  public void close() {
    for (AutoCloseable one : open) {
      try {
        one.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void probe() {
    if (!dependencyUp.get()) {
      throw new IllegalStateException("down");
    }
  }

  private TlsIdentity identity(TlsConfig config) {
    var identity = TlsIdentity.open(config);
    open.addLast(identity);
    return identity;
  }
}
