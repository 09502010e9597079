package dev.lantern.ordercenter.reconcile;

import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.grant.Inquiry;
import dev.lantern.ordercenter.settle.SettleWorker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Grants ↔ orders: what vendors say they gave beside what the books say, vendor by vendor
/// ([VendorWalk]), and orders of things that nobody is asked to give. Called about once a second by
/// one thread.
final class GrantPass {
  static final String NAME = "grants";
  private static final Duration REST = Duration.ofSeconds(10);

  private final List<VendorWalk> walks;
  private final Stores stores;
  private final SidesWatch watch;
  private final Clock clock;
  private final Duration age;
  private long userAfter;
  private long restUntilNanos = Long.MIN_VALUE;

  /// What the pass reads and writes.
  record Stores(GrantAudit grants, Marks marks, FindingStore findings) {}

  /// A pass.
  ///
  /// @param age how long ago a grant must have ended before its vendor is asked: a vendor's own
  ///   books may be late, and a row is seen only once it is committed
  GrantPass(
      List<Inquiry> vendors,
      Stores stores,
      SettleWorker.SideBySide sideBySide,
      SidesWatch watch,
      Clock clock,
      Duration age) {
    this.walks =
        vendors.stream()
            .map(vendor -> new VendorWalk(vendor, stores, sideBySide, watch, clock))
            .toList();
    this.stores = stores;
    this.watch = watch;
    this.clock = clock;
    this.age = age;
  }

  void tick(Leadership mine) {
    Moment now = clock.now();
    Instant limit = now.wall().minus(age);
    walks.forEach(walk -> walk.tick(mine, limit));
    if (now.monotonicNanos() >= restUntilNanos) {
      GrantAudit.Stretch stretch = stores.grants().unasked(userAfter, limit);
      watch.recorded(NAME, stores.findings().record(mine, stretch.found(), now.wall()));
      userAfter = stretch.next();
      if (userAfter == 0) {
        restUntilNanos = now.monotonicNanos() + REST.toNanos();
      }
    }
  }
}
