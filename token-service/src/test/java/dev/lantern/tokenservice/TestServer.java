package dev.lantern.tokenservice;

import dev.lantern.runtime.config.Config;
import dev.lantern.runtime.identity.SpiffeId;
import dev.lantern.runtime.server.CallChain;
import dev.lantern.runtime.server.CallLimits;
import dev.lantern.runtime.server.PeerSource;
import dev.lantern.runtime.telemetry.Telemetry;
import dev.lantern.tokenservice.signing.KeyRing;
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

  private TestServer(Server server, ManagedChannel channel, Telemetry telemetry) {
    this.server = server;
    this.channel = channel;
    this.telemetry = telemetry;
  }

  static TestServer start(Path folder) {
    TokenServiceConfig config = config(folder);
    Telemetry telemetry = Telemetry.quiet("token-service-test");
    KeyRing ring = Wiring.ring(config, () -> NOW);
    String name = UUID.randomUUID().toString();
    PeerSource peers =
        (_, headers) ->
            Optional.ofNullable(headers.get(CALLER)).filter(c -> !c.isEmpty()).map(SpiffeId::new);
    var limits =
        new CallLimits(
            config.server().maxMessageBytes(), Duration.ofSeconds(20), Duration.ofSeconds(20), 64);
    var builder =
        InProcessServerBuilder.forName(name)
            .addService(Wiring.service(config, ring, telemetry, () -> NOW));
    CallChain.of(Access.policy(), peers, limits).forEach(builder::intercept);
    try {
      return new TestServer(
          builder.build().start(), InProcessChannelBuilder.forName(name).build(), telemetry);
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

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
    telemetry.close();
  }

  static TokenServiceConfig config(Path folder) {
    String yaml =
        """
        server:
          tls: {certificate: none, key: none, ca: none}
        keys: {folder: "%s", create-missing: true}
        """
            .formatted(folder);
    return Config.read(TokenServiceConfig.class, "test", yaml, Map.of());
  }
}
