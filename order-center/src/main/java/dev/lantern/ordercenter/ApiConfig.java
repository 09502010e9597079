package dev.lantern.ordercenter;

import dev.lantern.runtime.client.ServiceAddress;
import dev.lantern.runtime.switches.SwitchConfig;
import dev.lantern.stores.Secret;
import java.time.Duration;

/// What the role `api` needs.
///
/// @param drawSecret what amounts are drawn with; the same at every instance, for ever: another one
///   draws other amounts for orders that were claimed but not accepted
/// @param queueBound how many records a partition may be behind before QUEUE_FULL
/// @param signTimeout how long an order waits for its signature
/// @param batchParallel how many items of batches that must be accepted by themselves are worked on
///   at once
/// @param batchesUnderWay how many batches of single calls are accepted at a time, and how many of
///   calls for many: fewer are larger and cheaper an order, more wait less for each other
public record ApiConfig(
    ServiceAddress tokenService,
    ServiceAddress controlPlane,
    SwitchConfig switches,
    Secret drawSecret,
    long queueBound,
    Duration signTimeout,
    int batchParallel,
    int batchesUnderWay) {
  private static final int LEAST_SECRET = 16;

  public ApiConfig {
    if (drawSecret.value().length() < LEAST_SECRET) {
      throw new IllegalArgumentException("draw_secret must have at least 16 characters");
    }
    if (batchesUnderWay < 1 || batchesUnderWay > 64) {
      throw new IllegalArgumentException("batches_under_way must be 1..64");
    }
    if (queueBound < 1 || batchParallel < 1 || batchParallel > 1000) {
      throw new IllegalArgumentException(
          "queue_bound must be positive, batch_parallel must be 1..1000");
    }
  }
}
