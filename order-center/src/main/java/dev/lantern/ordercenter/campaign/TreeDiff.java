package dev.lantern.ordercenter.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// What differs between two trees, by what they mean: the order of lists, comments and ways of
/// writing an instant are no differences, a default spelt out is none either.
///
/// @param changes sorted by path, at most [#MOST]
/// @param omitted how many more there are
public record TreeDiff(List<Change> changes, int omitted) {
  public static final int MOST = 1_000;

  /// Sets two trees side by side.
  ///
  /// @param older empty: there was no tree yet
  public static TreeDiff between(Optional<Campaign> older, Campaign newer) {
    Map<String, String> before = older.map(Leaves::of).orElse(Map.of());
    Map<String, String> after = Leaves.of(newer);
    TreeSet<String> paths = new TreeSet<>(before.keySet());
    paths.addAll(after.keySet());
    List<Change> changes = new ArrayList<>();
    int omitted = 0;
    for (String path : paths) {
      Optional<Change> change = change(path, before, after);
      if (change.isPresent() && changes.size() < MOST) {
        changes.add(change.get());
      } else if (change.isPresent()) {
        omitted++;
      }
    }
    return new TreeDiff(List.copyOf(changes), omitted);
  }

  private static Optional<Change> change(
      String path, Map<String, String> before, Map<String, String> after) {
    String old = before.get(path);
    String now = after.get(path);
    if (old == null) {
      return Optional.ofNullable(now).map(added -> new Change.Added(path, added));
    }
    if (now == null) {
      return Optional.of(new Change.Removed(path, old));
    }
    return old.equals(now) ? Optional.empty() : Optional.of(new Change.Changed(path, old, now));
  }

  /// One difference.
  public sealed interface Change {
    String path();

    record Added(String path, String value) implements Change {}

    record Removed(String path, String value) implements Change {}

    record Changed(String path, String before, String after) implements Change {}
  }
}
