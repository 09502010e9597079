package dev.lantern.simulation.world;

import dev.lantern.simulation.world.OrderStory.Ack;
import dev.lantern.token.v1.SignedToken;

/// [ClientSide] of a world: tokens are kept, their roots looked for, lost promises remembered.
record KeptByClients(World world) implements ClientSide {
  @Override
  public void told(OrderStory story, Ack ack, SignedToken token) {
    world.ceiling.left(story.orderNo, token);
    world.forfeits.look(story, ack);
    world.copies.keep(story, ack, token);
  }

  @Override
  public boolean excuses(OrderStory story, Ack ack) {
    return world.forfeits.excuses(story, ack);
  }

  @Override
  public boolean excusesAny(OrderStory story) {
    return world.forfeits.excusesAny(story);
  }
}
