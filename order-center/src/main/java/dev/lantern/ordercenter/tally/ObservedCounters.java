package dev.lantern.ordercenter.tally;

import dev.lantern.counter.v1.WriterTotal;
import dev.lantern.ordercenter.weak.Dependencies;
import dev.lantern.ordercenter.weak.OrderSwitch;
import java.util.List;

/// [Counters] whose breaker hears how they fare; whatever their client throws means that they did
/// not take the totals.
public final class ObservedCounters implements Counters {
  private final Counters counters;
  private final Dependencies dependencies;

  public ObservedCounters(Counters counters, Dependencies dependencies) {
    this.counters = counters;
    this.dependencies = dependencies;
  }

  @Override
  public void report(List<WriterTotal> totals) {
    try {
      counters.report(totals);
    } catch (RuntimeException e) {
      dependencies.failed(OrderSwitch.COUNTERS);
      throw e;
    }
    dependencies.succeeded(OrderSwitch.COUNTERS);
  }
}
