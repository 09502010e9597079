package dev.lantern.counterservice;

import dev.lantern.runtime.identity.SpiffeId;
import dev.lantern.runtime.server.CallChain;
import dev.lantern.runtime.server.CallLimits;
import dev.lantern.runtime.server.PeerSource;
import io.grpc.BindableService;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// A service behind the real access policy and call chain, in process. Only who calls is said by a
/// header instead of a certificate.
final class InProcess implements AutoCloseable {

  private static final Metadata.Key<String> CALLER = key("test-caller");

  private final Server server;
  private final ManagedChannel channel;

  private InProcess(Server server, ManagedChannel channel) {
    this.server = server;
    this.channel = channel;
  }

  static InProcess start(BindableService service) {
    String name = UUID.randomUUID().toString();
    PeerSource peers =
        (_, headers) ->
            Optional.ofNullable(headers.get(CALLER)).filter(c -> !c.isEmpty()).map(SpiffeId::new);
    var builder = InProcessServerBuilder.forName(name).addService(service);
    CallChain.of(Access.policy(List.of("order-center", "upstream")), peers, CallLimits.defaults())
        .forEach(builder::intercept);
    try {
      return new InProcess(builder.build().start(), InProcessChannelBuilder.forName(name).build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A channel of this process; empty: of nobody.
  Channel channelOf(String caller) {
    return channelOf(caller, Map.of());
  }

  /// The same, with more headers.
  Channel channelOf(String caller, Map<String, String> more) {
    Metadata headers = new Metadata();
    headers.put(CALLER, caller);
    more.forEach((name, value) -> headers.put(key(name), value));
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
