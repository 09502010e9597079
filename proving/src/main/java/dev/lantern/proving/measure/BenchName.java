package dev.lantern.proving.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The benchmarks there are, in the order in which they are run.
public enum BenchName {
  /// Orders booked a second, beside one transaction an order and raw inserts. Before the other,
  /// which leaves many orders in the ledger.
  SETTLE,
  /// What an acceptance costs order-center, beside an empty gRPC call.
  ACCEPT,
  /// Units taken from leases at hand, beside a Redis script for each.
  BUDGET,
  /// Tokens signed in Merkle batches, beside single signatures and JWTs.
  SIGN,
  /// Tokens verified under remembered roots, beside single signatures and JWTs.
  VERIFY,
  /// Counting and reading in a process of its own, beside LongAdder and a volatile read.
  COUNTER,
  /// Decisions of the limiter, beside the Go service that Envoy's users run.
  LIMIT,
  /// JSON through Envoy, beside the Go grpc-gateway.
  EDGE,
  /// The others at 1, 10 and 100 times the data.
  GROWTH;

  /// Whether its peer is built with Go.
  public boolean needsGo() {
    return this == EDGE;
  }

  /// As people write it.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Those named, in their own order; all if none is. Throws IllegalArgumentException, with the
  /// names there are, for one that does not exist.
  public static List<BenchName> of(List<String> names) {
    if (names.isEmpty()) {
      return List.of(values());
    }
    var found = new ArrayList<BenchName>();
    for (String name : names) {
      BenchName one =
          Arrays.stream(values())
              .filter(it -> it.text().equals(name))
              .findAny()
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "no benchmark is called " + name + "; there are " + all()));
      if (!found.contains(one)) {
        found.add(one);
      }
    }
    return found.stream().sorted().toList();
  }

  private static String all() {
    return Arrays.stream(values()).map(BenchName::text).collect(Collectors.joining(", "));
  }
}
