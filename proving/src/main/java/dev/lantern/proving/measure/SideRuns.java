package dev.lantern.proving.measure;

import dev.lantern.proving.rain.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/// Measures sides that are called over the network: each until it gets no cheaper, then at the
/// concurrency at which it is cheapest, then in rounds, the sides taking turns. Cheap is little
/// processor time a call, of the processes that serve it.
final class SideRuns {
  /// A window under this share of the cheapest before it: the compiler is not done.
  private static final double STILL_WARMING = 0.93;

  private final Meter meter;
  private final Progress progress;
  private final BenchSize size;

  SideRuns(Meter meter, Progress progress, BenchSize size) {
    this.meter = meter;
    this.progress = progress;
    this.size = size;
  }

  /// What is called, the processes that serve it, and the concurrencies to try.
  record Side(String name, List<String> processes, List<Integer> inFlight, Load.Caller caller) {}

  /// A side at its cheapest, and what was measured of it.
  record Measured(Side side, int inFlight, List<Sample> samples) {
    double each() {
      return Sample.median(samples, it -> it.cpuEach(side.processes()));
    }
  }

  /// All of them, in their order.
  List<Measured> measure(String name, List<Side> sides) {
    progress.phase(name + ": warming up, then each side's best concurrency");
    sides.forEach(this::warmUp);
    List<Measured> measured = new ArrayList<>();
    for (Side side : sides) {
      measured.add(new Measured(side, best(side), new ArrayList<>()));
    }
    for (int i = 1; i <= size.rounds(); i++) {
      progress.phase("%s: round %d of %d".formatted(name, i, size.rounds()));
      for (Measured one : measured) {
        one.samples().add(run(one.side(), one.inFlight(), size.window()));
      }
    }
    return List.copyOf(measured);
  }

  /// Until two windows in succession were no cheaper than those before, or its time is over.
  private void warmUp(Side side) {
    int inFlight = side.inFlight().get(side.inFlight().size() / 2);
    long end = System.nanoTime() + size.warmUp().toNanos();
    double least = Double.MAX_VALUE;
    int noCheaper = 0;
    while (noCheaper < 2 && System.nanoTime() - end < 0) {
      double each = run(side, inFlight, size.window()).cpuEach(side.processes());
      noCheaper = each < STILL_WARMING * least ? 0 : noCheaper + 1;
      least = Math.min(least, each);
    }
  }

  private int best(Side side) {
    int best = 0;
    double least = Double.MAX_VALUE;
    for (int inFlight : side.inFlight()) {
      Sample sample = run(side, inFlight, size.window().dividedBy(2));
      double each = sample.cpuEach(side.processes());
      if (sample.units() > 0 && each < least) {
        least = each;
        best = inFlight;
      }
    }
    if (best == 0) {
      throw new IllegalStateException("no call of " + side.name() + " ended well");
    }
    return best;
  }

  private Sample run(Side side, int inFlight, Duration length) {
    var reasons = new TreeMap<String, Long>();
    Sample sample =
        meter.measure(() -> {
          long end = System.nanoTime() + length.toNanos();
          Load.Result result = Load.run(inFlight, Load.until(end), side.caller());
          reasons.putAll(result.reasons());
          return new Meter.Done(result.good(), result.bad());
        });
    progress.note(
        String.format(
            Locale.ROOT,
            "  %-24s %4d in flight %,9.0f /s %8.1f us CPU each%s",
            side.name(),
            inFlight,
            sample.perSecond(),
            sample.cpuEach(side.processes()),
            reasons.isEmpty() ? "" : "  errors " + reasons));
    return sample;
  }
}
