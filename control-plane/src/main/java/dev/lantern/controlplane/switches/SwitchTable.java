package dev.lantern.controlplane.switches;

import dev.lantern.controlplane.policy.Rule;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The catalogue, the levels, and the last turn of each: what every switch is at an instant.
///
/// A turn that has expired counts no more from that instant on, whether or not anybody has written
/// that down yet. A turn of a switch that left the catalogue is kept and means nothing.
///
/// There are two levels at once, the operators' and the automatic one; the higher holds. What a
/// level sets holds against a turn that was made before it, unless that turn is the harder of the
/// two, further from the default: a level never loosens what an operator tightened. A turn made
/// while a level holds wins: whoever made it saw the level.
///
/// @param automatic the automatic level's turn; it holds even while it cannot be written down
public record SwitchTable(
    List<Rule.Switch> catalogue,
    Levels levels,
    Map<String, SwitchChange> turns,
    Optional<SwitchChange> automatic) {
  public SwitchTable {
    catalogue = List.copyOf(catalogue);
    turns = Map.copyOf(turns);
  }

  public static SwitchTable empty() {
    return new SwitchTable(List.of(), new Levels(List.of()), Map.of(), Optional.empty());
  }

  public SwitchTable withCatalogue(List<Rule.Switch> now, Levels fresh) {
    return new SwitchTable(now, fresh, turns, automatic);
  }

  public SwitchTable with(SwitchChange turn) {
    if (turn.name().equals(SwitchChange.AUTOMATIC_LEVEL)) {
      return new SwitchTable(catalogue, levels, turns, Optional.of(turn));
    }
    var now = new HashMap<>(turns);
    now.merge(turn.name(), turn, (old, young) -> young.revision() > old.revision() ? young : old);
    return new SwitchTable(catalogue, levels, now, automatic);
  }

  /// The same for a turn that was found written down: what is known here may be younger and
  /// unwritten.
  ///
  /// The automatic level goes by when it was entered, not by its row's number: the row is written
  /// afterwards and never prolonged, and what was turned in between was turned while it held.
  SwitchTable learning(SwitchChange turn) {
    boolean known =
        turn.name().equals(SwitchChange.AUTOMATIC_LEVEL)
            && automatic.filter(one -> !turn.at().isAfter(one.at())).isPresent();
    return known ? this : with(turn);
  }

  /// Without what is written down elsewhere; the automatic level stays, which need not be.
  SwitchTable withoutWritten() {
    return new SwitchTable(catalogue, levels, Map.of(), automatic);
  }

  public Optional<Rule.Switch> find(String name) {
    return catalogue.stream().filter(entry -> entry.id().equals(name)).findFirst();
  }

  public int value(Rule.Switch entry, Instant now) {
    return decided(entry, now).perTenThousand();
  }

  public Map<String, Integer> values(Instant now) {
    var values = new TreeMap<String, Integer>();
    catalogue.forEach(entry -> values.put(entry.id(), value(entry, now)));
    return values;
  }

  /// The operators' level turn that holds.
  public Optional<SwitchChange> manualLevel(Instant now) {
    return holding(turns.get(SwitchChange.LEVEL), now);
  }

  /// The automatic level turn that holds.
  public Optional<SwitchChange> automaticLevel(Instant now) {
    return holding(automatic.orElse(null), now);
  }

  /// The turn of the level in force; empty at level 0.
  public Optional<SwitchChange> level(Instant now) {
    Optional<SwitchChange> manual = manualLevel(now);
    Optional<SwitchChange> byItself = automaticLevel(now);
    if (manual.isPresent() && byItself.isPresent()) {
      return byItself.get().perTenThousand() > manual.get().perTenThousand() ? byItself : manual;
    }
    return manual.or(() -> byItself);
  }

  public int rank(Instant now) {
    return level(now).map(SwitchChange::perTenThousand).orElse(0);
  }

  /// Where a switch stands, until when, and where then.
  public Standing standing(Rule.Switch entry, Instant now) {
    Decided present = decided(entry, now);
    Optional<Instant> until =
        Stream.of(Optional.ofNullable(turns.get(entry.id())), level(now), automaticLevel(now))
            .flatMap(Optional::stream)
            .flatMap(turn -> turn.expires().stream())
            .filter(end -> end.isAfter(now))
            .sorted()
            .filter(end -> value(entry, end) != present.perTenThousand())
            .findFirst();
    return new Standing(
        present.perTenThousand(),
        present.by(),
        present.level(),
        until,
        until.map(end -> value(entry, end)).orElse(present.perTenThousand()));
  }

  private record Decided(int perTenThousand, Optional<SwitchChange> by, int level) {}

  private Decided decided(Rule.Switch entry, Instant now) {
    Optional<SwitchChange> turn = holding(turns.get(entry.id()), now);
    int standing = entry.defaultPerTenThousand();
    var own = new Decided(turn.map(SwitchChange::perTenThousand).orElse(standing), turn, 0);
    Optional<SwitchChange> level = level(now);
    if (level.isEmpty()) {
      return own;
    }
    int rank = level.get().perTenThousand();
    Integer setting = levels.settings(rank).get(entry.id());
    boolean younger = turn.filter(one -> one.revision() > level.get().revision()).isPresent();
    boolean harder =
        setting != null && Math.abs(own.perTenThousand() - standing) > Math.abs(setting - standing);
    return setting == null || younger || harder ? own : new Decided(setting, level, rank);
  }

  private static Optional<SwitchChange> holding(@Nullable SwitchChange turn, Instant now) {
    return Optional.ofNullable(turn)
        .filter(one -> !one.expired(now))
        .filter(one -> !one.isLevel() || one.perTenThousand() > 0);
  }

  /// Operators' turns that have run out and whose end is not written down yet.
  public List<SwitchChange> runOut(Instant now) {
    return turns.values().stream().filter(turn -> turn.expired(now)).toList();
  }

  /// The automatic level's turn, if it has run out and nobody has said so yet.
  public Optional<SwitchChange> automaticRunOut(Instant now) {
    return automatic.filter(turn -> turn.expired(now));
  }

  /// The newest turn's number.
  public long revision() {
    return Stream.concat(turns.values().stream(), automatic.stream())
        .mapToLong(SwitchChange::revision)
        .max()
        .orElse(0);
  }

  /// All turns, of switches and levels.
  public List<SwitchChange> history() {
    return Stream.concat(turns.values().stream(), automatic.stream()).toList();
  }
}
