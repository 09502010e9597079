package dev.lantern.cli.command;

import dev.lantern.cli.stack.Stack;
import dev.lantern.cli.stack.StackException;
import dev.lantern.cli.stack.home.Secrets;
import dev.lantern.cli.stack.pki.DevPki;
import dev.lantern.cli.stack.pki.Leaf;
import dev.lantern.cli.stack.service.Port;
import dev.lantern.cli.stack.supervise.Phase;
import dev.lantern.cli.stack.supervise.StackState;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;

/// The operator's way to a service: with the operator's certificate through the operators'
/// listener, which is static, so that a bad policy cannot cut it off; past it while its proxy does
/// not serve.
final class OperatorChannel implements AutoCloseable {
  private static final String HOST = "127.0.0.1";

  private final ManagedChannel channel;

  private OperatorChannel(ManagedChannel channel) {
    this.channel = channel;
  }

  private static final String OPERATOR = "operator";

  static OperatorChannel toControlPlane(Place place) {
    return open(place, "control-plane", Port.XDS, OPERATOR);
  }

  /// With the certificate of a second person, who agrees to what operators ask for.
  static OperatorChannel toControlPlaneAsApprover(Place place) {
    return open(place, "control-plane", Port.XDS, "approver");
  }

  static OperatorChannel toCounterService(Place place) {
    return open(place, "counter-service", Port.COUNTER, OPERATOR);
  }

  static OperatorChannel toOrderCenter(Place place) {
    return open(place, "order-center", Port.API, OPERATOR);
  }

  /// With the certificate of a second person, who approves what operators ask for.
  static OperatorChannel toOrderCenterAsApprover(Place place) {
    return open(place, "order-center", Port.API, "approver");
  }

  Channel channel() {
    return channel;
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private static OperatorChannel open(Place place, String service, Port direct, String who) {
    Stack stack = place.stack();
    StackState state =
        stack
            .state()
            .orElseThrow(() ->
                new StackException(
                    "no stack runs at " + stack.home().root(), "`lantern up` starts it"));
    boolean proxied =
        state.part("envoy-mesh").filter(part -> part.phase() == Phase.READY).isPresent();
    int port = (proxied ? Port.ADMIN : direct).of(state.basePort());
    try {
      Leaf operator =
          new DevPki(stack.home(), new Secrets(stack.home(), new SecureRandom())).leaf(who);
      var credentials =
          TlsChannelCredentials.newBuilder()
              .keyManager(operator.certificate().toFile(), operator.key().toFile())
              .trustManager(operator.authority().toFile())
              .build();
      return new OperatorChannel(
          NettyChannelBuilder.forAddress(HOST, port, credentials)
              .overrideAuthority(service)
              .build());
    } catch (IOException e) {
      throw new UncheckedIOException("the operator's certificate cannot be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
