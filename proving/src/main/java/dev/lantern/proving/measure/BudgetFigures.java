package dev.lantern.proving.measure;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What was measured of takes, told beside the peer.
///
/// @param takes as fast as one can, a window each
/// @param scripts the peer's, in between
record BudgetFigures(BenchSize size, Peer peer, List<CountedTakes> takes, List<Sample> scripts) {
  static final String NAME = "budget";
  static final int TAKERS = 2;
  private static final double CALLS_GOAL = 0.001;
  private static final long A_CALL_A_TAKE = 1_000;
  private static final double MICROS = 1e6;
  private static final List<String> OURS = List.of(Meter.CLIENTS, "mariadb");
  private static final List<String> THEIRS = List.of(Meter.CLIENTS, "redis-a");

  /// How often the store is asked.
  Comparison calls(String how, List<CountedTakes> counted) {
    return comparison(
        "store calls per 1,000 takes, " + how,
        CountedTakes.callsPerThousand(counted),
        A_CALL_A_TAKE,
        Goal.atMost(CALLS_GOAL),
        CountedTakes.samples(counted));
  }

  /// What a take costs the processors.
  Comparison cpu() {
    List<Sample> ours = CountedTakes.samples(takes);
    return comparison(
        "CPU us a take, of this process and the store",
        Sample.median(ours, it -> it.cpuEach(OURS)),
        Sample.median(scripts, it -> it.cpuEach(THEIRS)),
        Goal.atMost(1),
        ours);
  }

  /// What it costs by the clock.
  Comparison wall() {
    List<Sample> ours = CountedTakes.samples(takes);
    return comparison(
        "us by the clock from one take to the next",
        MICROS / Sample.median(ours, Sample::perSecond),
        MICROS / Sample.median(scripts, Sample::perSecond),
        Goal.atMost(1),
        ours);
  }

  /// What of the budget is nowhere in the end.
  Comparison stranded(long units, long total) {
    return new Comparison(
        NAME,
        "units neither free nor taken when all leases have closed",
        units,
        "the budget's total",
        total,
        Goal.atMost(0),
        1,
        Math.abs(units),
        conditions(),
        0,
        0,
        Map.of(),
        Map.of());
  }

  private Comparison comparison(
      String metric, double figure, double other, Goal goal, List<Sample> ours) {
    return new Comparison(
        NAME,
        metric,
        figure,
        peer.name(),
        other,
        goal,
        size.rounds(),
        Sample.errors(ours) + Sample.errors(scripts),
        conditions(),
        Sample.median(ours, Sample::perSecond),
        Sample.median(scripts, Sample::perSecond),
        Sample.cpuEachByProcess(ours),
        Sample.cpuEachByProcess(scripts));
  }

  private String conditions() {
    return String.format(
        Locale.ROOT,
        "order-center's lease code in this process over the stack's MariaDB, heartbeats, looks at"
            + " the budget, grants and rotation included, %d takers (one at a rate); the peer: one"
            + " script each at a time on the stack's Redis A, as many virtual threads as were"
            + " fastest of three numbers; %.1f s a window, the two interleaved, medians; calls of"
            + " all windows together; one budget; everything on the same %d cores",
        TAKERS,
        size.window().toMillis() / 1e3,
        Runtime.getRuntime().availableProcessors());
  }
}
