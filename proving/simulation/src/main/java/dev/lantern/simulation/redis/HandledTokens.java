package dev.lantern.simulation.redis;

import dev.lantern.ordercenter.settle.Promise;
import java.util.Collection;

/// The script that takes booked tokens out of Redis: where what is stored is exactly that promise.
@FunctionalInterface
public interface HandledTokens {
  void removeHandled(Collection<Promise> promises);
}
