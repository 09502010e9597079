package dev.lantern.ordercenter.tally;

import dev.lantern.ordercenter.weak.Dependencies;
import dev.lantern.ordercenter.weak.Dependencies.Source;
import dev.lantern.ordercenter.weak.OrderSwitch;

/// The flusher behind its switch, `order.counters`.
///
/// Switched off by an operator it says nothing, and reads nothing. Switched off by its breaker it
/// reports as a probe, now and then: a report is harmless at any time, and whatever failed is still
/// due, so that a probe has something to report. Called by one thread.
public final class SwitchedTally {
  private final TallyFlusher flusher;
  private final Dependencies dependencies;

  /// @param flusher one whose counters tell the breaker how they fare
  public SwitchedTally(TallyFlusher flusher, Dependencies dependencies) {
    this.flusher = flusher;
    this.dependencies = dependencies;
  }

  /// Reports what is due, unless that is switched off; throws as the flusher does.
  public void tick() {
    if (dependencies.uses(OrderSwitch.COUNTERS)) {
      flusher.tick();
    } else if (dependencies
        .offBy(OrderSwitch.COUNTERS)
        .filter(Source.BREAKER::equals)
        .isPresent()) {
      dependencies.tick(OrderSwitch.COUNTERS, flusher::tick);
    }
  }
}
