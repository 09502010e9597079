package dev.lantern.proving.measure;

import java.util.Map;

/// One figure beside another.
///
/// @param metric what both are, with its unit
/// @param beside what the other is
/// @param rounds how many measurements each of the two is the median of
/// @param errors calls of either side that did not end well, in all rounds
/// @param conditions what somebody needs to know who wants the same figures
/// @param oursPerS our rate by the clock; {@param otherPerS} the other's
/// @param cpuUs processor time a unit in microseconds, by process, while ours was measured
/// @param otherCpuUs the same while the other was measured
public record Comparison(
    String name,
    String metric,
    double ours,
    String beside,
    double other,
    Goal goal,
    int rounds,
    long errors,
    String conditions,
    double oursPerS,
    double otherPerS,
    Map<String, Double> cpuUs,
    Map<String, Double> otherCpuUs) {

  public double ratio() {
    return ours / other;
  }

  public boolean met() {
    return goal.isMetBy(ratio());
  }
}
