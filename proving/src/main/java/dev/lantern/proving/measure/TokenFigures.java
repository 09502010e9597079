package dev.lantern.proving.measure;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Tells what was measured of tokens as comparisons.
///
/// @param name `sign` or `verify`
/// @param engine the provider that signs and verifies
record TokenFigures(String name, String engine, BenchSize size) {
  private static final double MICROS = 1e6;

  /// Units a processor second of this process, both sides alike.
  Comparison perCpu(
      String metric, List<Sample> ours, String beside, List<Sample> others, Goal goal) {
    return new Comparison(
        name,
        metric,
        eachCpuSecond(ours),
        beside,
        eachCpuSecond(others),
        goal,
        size.rounds(),
        Sample.errors(ours) + Sample.errors(others),
        conditions(),
        Sample.median(ours, Sample::perSecond),
        Sample.median(others, Sample::perSecond),
        Sample.cpuEachByProcess(ours),
        Sample.cpuEachByProcess(others));
  }

  /// Units by the clock beside a wish.
  Comparison wished(String metric, List<Sample> ours, double figure, double wish, Goal goal) {
    return new Comparison(
        name,
        metric,
        figure,
        "what is wished for",
        wish,
        goal,
        size.rounds(),
        Sample.errors(ours),
        conditions(),
        Sample.median(ours, Sample::perSecond),
        0,
        Sample.cpuEachByProcess(ours),
        Map.of());
  }

  /// One number beside another, with what it took.
  Comparison plain(
      String metric, double ours, String beside, double other, Goal goal, long errors, String how) {
    return new Comparison(
        name,
        metric,
        ours,
        beside,
        other,
        goal,
        size.rounds(),
        errors,
        conditions() + "; " + how,
        0,
        0,
        Map.of(),
        Map.of());
  }

  static double eachCpuSecond(List<Sample> samples) {
    return MICROS / Sample.median(samples, it -> it.cpuEach(List.of(Meter.CLIENTS)));
  }

  private String conditions() {
    return String.format(
        Locale.ROOT,
        "%s; payloads of some 110 bytes; token-service's and the SDK's own classes in the measuring"
            + " process, one thread, compiler and collector included in its time; %.1f s a window,"
            + " sides interleaved, medians; %d cores shared with the stack",
        engine,
        size.window().toMillis() / 1e3,
        Runtime.getRuntime().availableProcessors());
  }
}
