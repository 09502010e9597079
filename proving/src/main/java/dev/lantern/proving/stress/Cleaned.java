package dev.lantern.proving.stress;

import com.google.gson.GsonBuilder;
import dev.lantern.counter.v1.ClearCountersResponse;
import dev.lantern.order.v1.CleanStressLaneResponse;
import dev.lantern.order.v1.StressLaneTrace;
import dev.lantern.token.v1.RotateKeyResponse;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a cleaning found and what it left, summed by kind: rows, topics, records, keys, counters.
///
/// @param formerKey the key that signed the trial's tokens; nobody verifies by it any more
public record Cleaned(
    Map<String, Long> before, Map<String, Long> after, List<String> left, String formerKey) {
  private static final List<String> KINDS =
      List.of("rows", "topics", "records", "keys", "counters");

  static Cleaned of(
      CleanStressLaneResponse cleaned, ClearCountersResponse counters, RotateKeyResponse key) {
    Map<String, Long> before = sums(cleaned.getBeforeList());
    before.merge("counters", counters.getBeforeCount(), Long::sum);
    Map<String, Long> after = sums(cleaned.getAfterList());
    after.merge("counters", counters.getAfterCount(), Long::sum);
    List<String> left =
        cleaned.getAfterList().stream()
            .map(trace -> trace.getKind() + " " + trace.getName() + " " + trace.getCount())
            .toList();
    return new Cleaned(before, after, left, key.getFormerKeyId());
  }

  private static Map<String, Long> sums(List<StressLaneTrace> traces) {
    Map<String, Long> sums =
        traces.stream()
            .collect(
                Collectors.groupingBy(
                    StressLaneTrace::getKind,
                    TreeMap::new,
                    Collectors.summingLong(StressLaneTrace::getCount)));
    KINDS.forEach(kind -> sums.putIfAbsent(kind, 0L));
    return sums;
  }

  /// Whether nothing is left.
  public boolean clean() {
    return after.values().stream().allMatch(count -> count == 0);
  }

  public String json() {
    return new GsonBuilder()
        .setPrettyPrinting()
        .create()
        .toJson(
            Map.of(
                "before", before,
                "after", after,
                "left", left,
                "former_key", formerKey,
                "clean", clean()));
  }

  public String text() {
    var lines = new StringJoiner("\n");
    for (String kind : KINDS) {
      lines.add(
          "  %-10s %10d before %10d after"
              .formatted(kind, before.getOrDefault(kind, 0L), after.getOrDefault(kind, 0L)));
    }
    lines.add("  key        " + formerKey + " is gone");
    left.forEach(trace -> lines.add("  LEFT " + trace));
    lines.add(clean() ? "  the stress lane is clean" : "  SOMETHING IS LEFT: clean again");
    return lines.toString();
  }
}
