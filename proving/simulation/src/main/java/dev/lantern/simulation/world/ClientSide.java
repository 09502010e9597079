package dev.lantern.simulation.world;

import dev.lantern.simulation.world.OrderStory.Ack;
import dev.lantern.token.v1.SignedToken;

/// What clients keep of what they were told, and what that excuses.
interface ClientSide {
  /// A client was told, and has this token.
  void told(OrderStory story, Ack ack, SignedToken token);

  /// Whether nothing need come of this promise any more.
  boolean excuses(OrderStory story, Ack ack);

  /// Whether a promise of this number was lost for good, whatever its client did later.
  boolean excusesAny(OrderStory story);
}
