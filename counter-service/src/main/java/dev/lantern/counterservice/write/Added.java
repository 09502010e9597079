package dev.lantern.counterservice.write;

import dev.lantern.counterservice.replica.CounterReplica.Taken;

/// What became of a report.
public sealed interface Added {

  /// Everything in it was taken, by this many Redis (1 or 2).
  record By(int replicas) implements Added {}

  /// A bound forbids this one; the others in the report were taken.
  record Refused(int index, Taken why) implements Added {}

  /// No Redis took it for certain. The same report again is safe.
  record Nowhere() implements Added {}
}
