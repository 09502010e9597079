package dev.lantern.controlplane.ratelimit.decide;

import dev.lantern.controlplane.ratelimit.bucket.Buckets;
import dev.lantern.controlplane.ratelimit.bucket.Buckets.BucketsUnavailableException;
import dev.lantern.controlplane.ratelimit.bucket.Given;
import dev.lantern.controlplane.ratelimit.bucket.Lane;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the store, one request after another. While one is under way, keys gather for the next: the
/// busier it is, the more of them share a request, without a timer and without a call waiting for
/// company.
///
/// A request that is not answered within what its first call still has is given up and never sent
/// again; its number is behind from then on, so that the store does nothing should it arrive after
/// the next.
public final class AskLane implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(AskLane.class);

  private final Lane lane;
  private final AskQueue queue;
  private final Buckets buckets;
  private final Holdings holdings;
  private final Standing standing;
  private final Duration budget;
  private final LongSupplier nanos;
  private long number;

  /// @param budget how long a call may wait for its verdict
  public AskLane(
      Lane lane,
      AskQueue queue,
      Buckets buckets,
      Holdings holdings,
      Standing standing,
      Duration budget,
      LongSupplier nanos) {
    this.lane = lane;
    this.queue = queue;
    this.buckets = buckets;
    this.holdings = holdings;
    this.standing = standing;
    this.budget = budget;
    this.nanos = nanos;
  }

  /// Until the thread is interrupted.
  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        var batch = Batch.of(queue.take(), nanos.getAsLong(), budget.toNanos());
        try {
          ask(batch);
        } catch (RuntimeException e) {
          LOG.error("a request of lane {} failed", lane, e);
          standing.failed();
          batch.failed();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void ask(Batch batch) {
    if (batch.asks().isEmpty()) {
      return;
    }
    List<Given> given;
    try {
      given = buckets.take(lane, ++number, batch.asks(), Duration.ofNanos(batch.leftNanos()));
    } catch (BucketsUnavailableException e) {
      LOG.debug("lane {} has no answer", lane, e);
      standing.failed();
      batch.failed();
      return;
    }
    standing.answered();
    long now = nanos.getAsLong();
    batch.answered(given, now);
    batch.holdings().forEach(holding -> holdings.release(holding, now));
  }
}
