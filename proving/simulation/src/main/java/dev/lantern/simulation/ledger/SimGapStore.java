package dev.lantern.simulation.ledger;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.weak.GapStore;
import dev.lantern.simulation.kernel.LifeClock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/// [GapStore] over [Tables], by the ledger's own clock.
public final class SimGapStore implements GapStore {
  private final Tables tables;
  private final LongSupplier nanos;

  public SimGapStore(Tables tables, LongSupplier nanos) {
    this.tables = tables;
    this.nanos = nanos;
  }

  @Override
  public void mark(Lane lane) {
    tables.claimGap = LifeClock.BEGIN.plusNanos(nanos.getAsLong());
    tables.gaps++;
  }

  @Override
  public Optional<Instant> lastMark(Lane lane) {
    return Optional.ofNullable(tables.claimGap);
  }
}
