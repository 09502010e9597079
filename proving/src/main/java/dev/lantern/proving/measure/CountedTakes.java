package dev.lantern.proving.measure;

import dev.lantern.bench.LeaseHolder;
import java.util.List;
import java.util.function.Supplier;

/// Takes of a holder's, with how often it asked the store meanwhile.
record CountedTakes(Sample sample, long calls) {

  static CountedTakes measure(Meter meter, LeaseHolder holder, Supplier<Meter.Done> takes) {
    long before = holder.storeCalls();
    Sample sample = meter.measure(takes);
    return new CountedTakes(sample, holder.storeCalls() - before);
  }

  /// Of all together: a heartbeat falls into one window and not into the next.
  static double callsPerThousand(List<CountedTakes> all) {
    long calls = all.stream().mapToLong(CountedTakes::calls).sum();
    long units = all.stream().mapToLong(it -> it.sample().units()).sum();
    return 1_000.0 * calls / units;
  }

  static List<Sample> samples(List<CountedTakes> all) {
    return all.stream().map(CountedTakes::sample).toList();
  }
}
