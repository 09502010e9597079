package dev.lantern.controlplane.ratelimit.decide;

/// The queue of keys whose count is to be asked for.
@FunctionalInterface
public interface Asks {
  /// Queues it; false when the queue is full or the store is known not to answer.
  boolean offer(Holding holding);
}
