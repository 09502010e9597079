package dev.lantern.ordercenter.tally;

import dev.lantern.counter.v1.WriterTotal;
import java.util.List;

/// Where totals are reported to.
@FunctionalInterface
public interface Counters {
  /// Reports at most 500 totals; returns when they are taken, throws when that is not known.
  /// Bounded by the implementation's deadline.
  void report(List<WriterTotal> totals);
}
