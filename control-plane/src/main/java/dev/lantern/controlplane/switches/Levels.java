package dev.lantern.controlplane.switches;

import dev.lantern.controlplane.policy.Rule;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The levels of the policy, and what each sets. Level 0 sets nothing and is always there.
public record Levels(List<Rule.Level> all) {
  public Levels {
    all = List.copyOf(all);
  }

  public Optional<Rule.Level> find(int rank) {
    return all.stream().filter(level -> level.rank() == rank).findFirst();
  }

  /// All that a level does, in sixteen characters: what a second person agrees to.
  public String meaning(int rank) {
    String settings = Digest.of(settings(rank));
    return find(rank)
        .map(level -> settings + level.longest() + level.secondPerson())
        .map(Digest::of)
        .orElse("");
  }

  /// Where switches stand at a level: as it says, or the next lower one that says so.
  public Map<String, Integer> settings(int rank) {
    var settings = new HashMap<String, Integer>();
    all.stream()
        .filter(level -> level.rank() <= rank)
        .sorted(Comparator.comparingInt(Rule.Level::rank))
        .forEach(level -> settings.putAll(level.settings()));
    return settings;
  }
}
