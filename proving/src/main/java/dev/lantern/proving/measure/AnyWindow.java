package dev.lantern.proving.measure;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Over all windows at once: by how much the calls let through in one exceed what the rate yields
/// in it.
///
/// When exactly a call was decided only the limiter knows; that it was between its sending and its
/// answer is certain. So a window counts the calls that lie in it whole: what it finds is surely
/// too many.
///
/// Windows begin where a call begins and end where one ends; no other can hold more for its length.
/// In the order of ends, each call is added to all windows that begin no later than it: a tree over
/// the beginnings keeps the highest of (calls + rate × beginning), so that all pairs of n calls are
/// looked at in n log n steps.
final class AnyWindow {
  private static final double NANOS = 1e9;

  private final long[] begins;
  private final int leaves;
  private final double[] highest;
  private final double[] added;

  /// A call that was let through.
  record Passed(long beganNanos, long endedNanos) {}

  private AnyWindow(long[] begins, double perSecond) {
    this.begins = begins;
    this.leaves = Math.max(1, Integer.highestOneBit(Math.max(1, begins.length - 1)) << 1);
    this.highest = new double[2 * leaves];
    this.added = new double[2 * leaves];
    Arrays.fill(highest, Double.NEGATIVE_INFINITY);
    for (int i = 0; i < begins.length; i++) {
      highest[leaves + i] = (begins[i] - begins[0]) / NANOS * perSecond;
    }
    for (int node = leaves - 1; node > 0; node--) {
      highest[node] = Math.max(highest[2 * node], highest[2 * node + 1]);
    }
  }

  /// The most that any window holds beyond the rate's yield; 0 for no calls.
  static double excess(List<Passed> calls, double perSecond) {
    if (calls.isEmpty()) {
      return 0;
    }
    long[] begins = calls.stream().mapToLong(Passed::beganNanos).sorted().toArray();
    var windows = new AnyWindow(begins, perSecond);
    double most = 0;
    for (Passed call :
        calls.stream().sorted(Comparator.comparingLong(Passed::endedNanos)).toList()) {
      windows.add(1, 0, windows.leaves, windows.notAfter(call.beganNanos()));
      double yield = (call.endedNanos() - begins[0]) / NANOS * perSecond;
      int begun = windows.notAfter(call.endedNanos());
      most = Math.max(most, windows.highest(1, 0, windows.leaves, begun) - yield);
    }
    return most;
  }

  /// How many windows begin no later than then.
  private int notAfter(long nanos) {
    int low = 0;
    int high = begins.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (begins[middle] <= nanos) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// One more for the first so many.
  private void add(int node, int from, int to, int first) {
    if (first <= from) {
      return;
    }
    if (first >= to) {
      highest[node]++;
      added[node]++;
      return;
    }
    int middle = (from + to) >>> 1;
    add(2 * node, from, middle, first);
    add(2 * node + 1, middle, to, first);
    highest[node] = added[node] + Math.max(highest[2 * node], highest[2 * node + 1]);
  }

  /// The highest of the first so many.
  private double highest(int node, int from, int to, int first) {
    if (first <= from) {
      return Double.NEGATIVE_INFINITY;
    }
    if (first >= to) {
      return highest[node];
    }
    int middle = (from + to) >>> 1;
    return added[node]
        + Math.max(
            highest(2 * node, from, middle, first), highest(2 * node + 1, middle, to, first));
  }
}
