package dev.lantern.simulation.world;

import com.google.protobuf.ByteString;
import dev.lantern.common.v1.Lane;
import dev.lantern.simulation.token.Signing;
import dev.lantern.simulation.token.Ticket;
import java.util.ArrayList;
import java.util.List;

/// Where calls to token-service arrive: at one of its instances.
final class TokenDoor implements Signing {
  private final World world;
  private final List<TokenProcess> instances = new ArrayList<>();

  TokenDoor(World world) {
    this.world = world;
  }

  /// An instance is there, in place of its former life.
  TokenProcess open(String instance, String name) {
    TokenProcess process = new TokenProcess(world, instance, name);
    instances.removeIf(old -> old.life.name().startsWith(instance + "/"));
    instances.add(process);
    return process;
  }

  @Override
  public Ticket sign(Lane lane, ByteString payload) {
    return signAll(lane, List.of(payload));
  }

  @Override
  public Ticket signAll(Lane lane, List<ByteString> payloads) {
    Ticket ticket = new Ticket(world.baton);
    world.dice.oneOf(instances).sign(payloads, ticket);
    return ticket;
  }
}
