package dev.lantern.controlplane.switches;

import dev.lantern.controlplane.policy.Rule;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The catalogue with the last turn of each switch: what every switch is at an instant.
///
/// A turn that has expired counts as the default from that instant on, whether or not anybody has
/// written it down yet. A turn of a switch that left the catalogue is kept and means nothing.
public record SwitchTable(List<Rule.Switch> catalogue, Map<String, SwitchChange> turns) {
  public SwitchTable {
    catalogue = List.copyOf(catalogue);
    turns = Map.copyOf(turns);
  }

  public static SwitchTable empty() {
    return new SwitchTable(List.of(), Map.of());
  }

  public SwitchTable withCatalogue(List<Rule.Switch> now) {
    return new SwitchTable(now, turns);
  }

  public SwitchTable with(SwitchChange turn) {
    var now = new HashMap<>(turns);
    now.merge(turn.name(), turn, (old, young) -> young.revision() > old.revision() ? young : old);
    return new SwitchTable(catalogue, now);
  }

  public Optional<Rule.Switch> find(String name) {
    return catalogue.stream().filter(entry -> entry.id().equals(name)).findFirst();
  }

  public int value(Rule.Switch entry, Instant now) {
    SwitchChange turn = turns.get(entry.id());
    return turn == null || turn.expired(now)
        ? entry.defaultPerTenThousand()
        : turn.perTenThousand();
  }

  public Map<String, Integer> values(Instant now) {
    var values = new TreeMap<String, Integer>();
    catalogue.forEach(entry -> values.put(entry.id(), value(entry, now)));
    return values;
  }

  /// Turns that have run out and whose end is not written down yet.
  public List<SwitchChange> runOut(Instant now) {
    return turns.values().stream().filter(turn -> turn.expired(now)).toList();
  }

  /// The newest turn's number.
  public long revision() {
    return turns.values().stream().mapToLong(SwitchChange::revision).max().orElse(0);
  }
}
