package dev.lantern.controlplane.traffic;

import dev.lantern.controlplane.policy.Policy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a change of policy would have done to the requests of one route.
public record TrafficDiff(String route, long requests, long before, long after, String words) {

  private static final class Count {
    private long requests;
    private long before;
    private long after;
    private final Map<String, Long> rules = new HashMap<>();
  }

  /// Every route of the sample.
  public static List<TrafficDiff> between(
      Sample sample,
      Policy old,
      Map<String, Integer> oldSwitches,
      Policy now,
      Map<String, Integer> nowSwitches) {
    List<Optional<String>> was = Replay.refusals(sample, old, oldSwitches);
    List<Optional<String>> is = Replay.refusals(sample, now, nowSwitches);
    var counts = new TreeMap<String, Count>();
    for (int i = 0; i < sample.requests().size(); i++) {
      Count count = counts.computeIfAbsent(sample.requests().get(i).route(), _ -> new Count());
      count.requests++;
      count.before += was.get(i).isPresent() ? 1 : 0;
      count.after += is.get(i).isPresent() ? 1 : 0;
      if (was.get(i).isPresent() != is.get(i).isPresent()) {
        is.get(i).ifPresent(rule -> count.rules.merge(rule, 1L, Long::sum));
        was.get(i).ifPresent(rule -> count.rules.merge(rule, 1L, Long::sum));
      }
    }
    var diffs = new ArrayList<TrafficDiff>();
    counts.forEach((route, count) ->
        diffs.add(
            new TrafficDiff(
                route, count.requests, count.before, count.after, words(route, count))));
    return diffs;
  }

  private static String words(String route, Count count) {
    long more = count.after - count.before;
    if (more == 0) {
      return "would refuse as much of " + route;
    }
    double percent = 100.0 * Math.abs(more) / count.requests;
    String by =
        count.rules.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(rule -> " (" + rule.getKey() + ")")
            .orElse("");
    return String.format(
        Locale.ROOT,
        "would refuse %.1f %% %s of %s%s",
        percent,
        more > 0 ? "more" : "less",
        route,
        by);
  }
}
