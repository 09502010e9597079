package dev.lantern.ordercenter.reconcile;

import dev.lantern.ordercenter.budget.LeaseIds;
import dev.lantern.ordercenter.budget.Moment;
import java.time.Instant;
import java.util.function.LongSupplier;

/// Names for findings, manifests, runs and alarms: they rise with time, so the newest is the one
/// with the highest.
public final class Ids {
  private final LeaseIds ids;

  /// A maker of names.
  ///
  /// @param random any 64 random bits at each call
  public Ids(LongSupplier random) {
    this.ids = new LeaseIds(random);
  }

  long next(Instant now) {
    return ids.next(new Moment(0, now)).value();
  }

  /// Below every lease id, and every name of ours, made at that instant or later.
  static long floor(Instant instant) {
    return new LeaseIds(() -> 0).next(new Moment(0, instant)).value();
  }
}
