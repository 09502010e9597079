package dev.lantern.ordercenter.closing;

import dev.lantern.ordercenter.settle.Claim;
import java.util.List;
import java.util.function.Supplier;

/// Fences leases in the partitions this process owns, once it has booked past their queue ends
/// (L4). From then on their records are void there (L5).
///
/// Only the owner fences, in a transaction that holds the partition's offset row under its epoch:
/// so no booking of the partition runs beside it, and a former owner cannot fence by an offset it
/// believes in. Called a few times a second; one query when there is nothing to do.
public final class Fencer {
  private static final int AT_ONCE = 500;

  private final LeaseClosingStore store;
  private final Supplier<List<Claim>> claims;
  private final ClosingWatch watch;

  public Fencer(LeaseClosingStore store, Supplier<List<Claim>> claims, ClosingWatch watch) {
    this.store = store;
    this.claims = claims;
    this.watch = watch;
  }

  public void tick() {
    store
        .passed(claims.get())
        .forEach((claim, leases) -> {
          long fenced = store.fence(claim, leases.subList(0, Math.min(leases.size(), AT_ONCE)));
          if (fenced > 0) {
            watch.fenced(fenced);
          }
        });
  }
}
