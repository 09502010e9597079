package dev.lantern.controlplane.ratelimit.decide;

import dev.lantern.controlplane.policy.Rate;
import dev.lantern.controlplane.ratelimit.bucket.Ask;
import dev.lantern.controlplane.ratelimit.bucket.Buckets;
import dev.lantern.controlplane.ratelimit.bucket.Lane;
import dev.lantern.controlplane.ratelimit.bucket.Meter;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the store what calls ask it, of a key of its own, and tells [Standing] what came of it.
///
/// **By taking**, not by a ping: a store that is full, is a replica, or does not let us run the
/// script answers a ping, too, and counts nothing. A request writes at least its lane's number, so
/// no such store answers this.
public final class Probe implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Probe.class);

  /// No id of a rule begins so.
  private static final String KEY = "lantern.probe";

  private static final Meter METER =
      Meter.of(new Rate(1_000, Duration.ofSeconds(1)), Duration.ofSeconds(1), Duration.ZERO);

  private final Lane lane;
  private final Buckets buckets;
  private final Standing standing;
  private final Duration budget;
  private long number;

  /// @param lane nobody else's
  /// @param budget how long a call may wait for its verdict
  public Probe(Lane lane, Buckets buckets, Standing standing, Duration budget) {
    this.lane = lane;
    this.buckets = buckets;
    this.standing = standing;
    this.budget = budget;
  }

  /// Once. Not for several threads.
  @Override
  public void run() {
    try {
      var _ = buckets.take(lane, ++number, List.of(new Ask(KEY, METER, 1, 1, 0)), budget);
      standing.answered();
    } catch (RuntimeException e) {
      LOG.debug("the store does not count", e);
      standing.failed();
    }
  }
}
