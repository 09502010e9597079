package dev.lantern.controlplane.diff;

import dev.lantern.controlplane.policy.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// A rule that differs, value by value, defaults included.
public record RuleDiff(String id, String kind, Change change, List<Value> values) {
  public RuleDiff {
    values = List.copyOf(values);
  }

  /// A value that differs.
  ///
  /// @param before empty where it was not there
  public record Value(String path, String before, String after) {}

  public static List<RuleDiff> between(Reading before, Reading after) {
    Map<String, Map<String, String>> old = before.written();
    Map<String, Map<String, String>> now = after.written();
    var ids = new TreeSet<>(old.keySet());
    ids.addAll(now.keySet());
    var diffs = new ArrayList<RuleDiff>();
    for (String id : ids) {
      Map<String, String> was = old.getOrDefault(id, Map.of());
      Map<String, String> is = now.getOrDefault(id, Map.of());
      if (!was.equals(is)) {
        Change change =
            was.isEmpty() ? Change.ADDED : is.isEmpty() ? Change.REMOVED : Change.CHANGED;
        String kind = is.getOrDefault("kind", was.getOrDefault("kind", ""));
        diffs.add(new RuleDiff(id, kind, change, values(was, is)));
      }
    }
    return diffs;
  }

  private static List<Value> values(Map<String, String> was, Map<String, String> is) {
    var paths = new TreeMap<>(was);
    paths.putAll(is);
    return paths.keySet().stream()
        .map(path -> new Value(path, was.getOrDefault(path, ""), is.getOrDefault(path, "")))
        .filter(value -> !value.before().equals(value.after()))
        .toList();
  }
}
