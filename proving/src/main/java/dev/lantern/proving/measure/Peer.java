package dev.lantern.proving.measure;

import java.util.List;
import java.util.function.IntFunction;

/// Another way of doing the same, at the number of connections, or callers, at which it is.
record Peer(String name, int connections, IntFunction<Sample> on) {

  /// Tries each number once.
  static Peer fastest(String name, List<Integer> connections, IntFunction<Sample> on) {
    int best = connections.getFirst();
    double most = 0;
    for (int each : connections) {
      double rate = on.apply(each).perSecond();
      if (rate > most) {
        most = rate;
        best = each;
      }
    }
    return new Peer(name + ", " + best + " at a time", best, on);
  }

  Sample run() {
    return on.apply(connections);
  }
}
