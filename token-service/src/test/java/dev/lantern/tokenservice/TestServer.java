package dev.lantern.tokenservice;

import dev.lantern.runtime.config.Config;
import dev.lantern.runtime.identity.SpiffeId;
import dev.lantern.runtime.server.CallChain;
import dev.lantern.runtime.server.CallLimits;
import dev.lantern.runtime.server.PeerSource;
import dev.lantern.runtime.telemetry.Telemetry;
import dev.lantern.tokenservice.control.MemoryDecisionStore;
import dev.lantern.tokenservice.log.MemoryRootStore;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The service as it runs, in process: its own configuration, wiring, access policy and call chain.
/// Only who calls is said by a header instead of a certificate.
final class TestServer implements AutoCloseable {

  static final Instant NOW = Instant.parse("2027-01-01T12:00:00Z");

  private static final Metadata.Key<String> CALLER =
      Metadata.Key.of("test-caller", Metadata.ASCII_STRING_MARSHALLER);

  private final Server server;
  private final ManagedChannel channel;
  private final Telemetry telemetry;
  private final Wiring.Made made;

  private TestServer(Server server, ManagedChannel channel, Telemetry telemetry, Wiring.Made made) {
    this.server = server;
    this.channel = channel;
    this.telemetry = telemetry;
    this.made = made;
  }

  static TestServer start(Path folder) {
    return start(folder, stores(), () -> NOW);
  }

  static Wiring.Stores stores() {
    return new Wiring.Stores(new MemoryRootStore(), new MemoryDecisionStore());
  }

  /// @param stores shared by those that are instances of one service
  static TestServer start(Path folder, Wiring.Stores stores, InstantSource clock) {
    return start(config(folder), stores, clock);
  }

  /// One that makes no keys: somebody puts their files there.
  static TestServer startWithoutMaking(Path folder, Wiring.Stores stores, InstantSource clock) {
    return start(config(folder, false), stores, clock);
  }

  private static TestServer start(
      TokenServiceConfig config, Wiring.Stores stores, InstantSource clock) {
    Telemetry telemetry = Telemetry.quiet("token-service-test");
    Wiring.Made made = Wiring.made(config, Wiring.rings(config, clock), stores, telemetry, clock);
    made.control().take();
    String name = UUID.randomUUID().toString();
    PeerSource peers =
        (_, headers) ->
            Optional.ofNullable(headers.get(CALLER)).filter(c -> !c.isEmpty()).map(SpiffeId::new);
    var limits =
        new CallLimits(
            config.server().maxMessageBytes(), Duration.ofSeconds(20), Duration.ofSeconds(20), 64);
    var builder = InProcessServerBuilder.forName(name).addService(made.service());
    CallChain.of(Access.policy(), peers, limits).forEach(builder::intercept);
    try {
      return new TestServer(
          builder.build().start(), InProcessChannelBuilder.forName(name).build(), telemetry, made);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A channel of this process; empty: of nobody.
  Channel channelOf(String caller) {
    Metadata headers = new Metadata();
    headers.put(CALLER, caller);
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  /// As the beat does each second.
  void refresh() {
    made.control().refresh();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
    made.rewards().close();
    telemetry.close();
  }

  static TokenServiceConfig config(Path folder) {
    return config(folder, true);
  }

  private static TokenServiceConfig config(Path folder, boolean makesKeys) {
    String yaml =
        """
        server:
          tls: {certificate: none, key: none, ca: none}
        database: {host: nowhere, port: 3306, password: none}
        keys: {folder: "%s", create-missing: %s}
        """
            .formatted(folder, makesKeys);
    return Config.read(TokenServiceConfig.class, "test", yaml, Map.of());
  }
}
