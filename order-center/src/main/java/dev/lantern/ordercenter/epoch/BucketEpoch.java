package dev.lantern.ordercenter.epoch;

import java.time.Instant;
import java.util.Optional;

/// What a token bucket says of its Redis.
///
/// @param runId of the server that answered
/// @param epoch empty when the key is missing or was set on another server: data may be lost
public record BucketEpoch(int bucket, String runId, Optional<Epoch> epoch) {

  /// One life of Redis, as its keys name it.
  public record Epoch(String id, Instant setAt) {}
}
