package dev.lantern.proving.chaos;

import java.util.ArrayList;
import java.util.List;

/// Everything order-center depends on, and its own processes, each hurt in every way there is.
///
/// They are played several to a rain, each in a round of its own. Parts that take long to come back
/// have longer rounds, and those of one length share rains.
public final class OrderCenterCases {
  static final String VENDOR = "vendor";

  /// The parts of which a rain can go on while they are away, or which are back within moments.
  private static final List<String> LIGHT =
      List.of("redis-a", "redis-b", "token-service", "counter-service", "control-plane");

  private static final List<String> HEAVY = List.of("mariadb", "kafka");
  private static final List<Fault> EVERY =
      List.of(Fault.KILL, Fault.FREEZE, Fault.RESTART, Fault.CUT, Fault.SLOW);

  private static final int LIGHT_ROUND_S = 10;
  private static final int HEAVY_ROUND_S = 17;

  /// Things that could not be asked for are asked for again with growing waits.
  private static final int VENDOR_ROUND_S = 25;

  private OrderCenterCases() {}

  /// Cases that share rains, and how long users come in each of their rounds.
  public record Group(List<ChaosCase> cases, int roundSeconds) {
    public Group {
      cases = List.copyOf(cases);
    }
  }

  /// All, in the order in which they are run.
  static List<Group> all() {
    return List.of(
        new Group(every(LIGHT), LIGHT_ROUND_S),
        new Group(heavy(), HEAVY_ROUND_S),
        new Group(every(List.of(VENDOR)), VENDOR_ROUND_S),
        new Group(List.of(weak()), (int) ChaosCase.WEAK_PAUSE.toSeconds() + 6));
  }

  /// Those chosen. Throws IllegalArgumentException for what is not there.
  public static List<Group> of(List<String> targets, List<String> faults) {
    List<ChaosCase> chosen =
        Choice.of(all().stream().flatMap(g -> g.cases().stream()).toList(), targets, faults);
    return all().stream()
        .map(group ->
            new Group(
                group.cases().stream().filter(chosen::contains).toList(), group.roundSeconds()))
        .filter(group -> !group.cases().isEmpty())
        .toList();
  }

  private static List<ChaosCase> heavy() {
    var heavy = new ArrayList<>(every(HEAVY));
    heavy.add(ChaosCase.one("kafka", "kafka", Fault.FULL));
    for (Fault fault : EVERY) {
      heavy.add(ChaosCase.one("api", "order-api-", fault));
    }
    // Settle serves nobody: the ways from it are those to its dependencies.
    for (Fault fault : List.of(Fault.KILL, Fault.FREEZE, Fault.RESTART)) {
      heavy.add(ChaosCase.one("settle", "order-settle-", fault));
    }
    return heavy;
  }

  private static List<ChaosCase> every(List<String> parts) {
    return parts.stream()
        .flatMap(part -> EVERY.stream().map(fault -> ChaosCase.one(part, part, fault)))
        .toList();
  }

  /// All weak dependencies at once, downstreams among them.
  private static ChaosCase weak() {
    return new ChaosCase(
        "weak",
        List.of("kafka", "redis-a", "token-service", "counter-service", VENDOR),
        Fault.FREEZE,
        ChaosCase.WEAK_PAUSE,
        true);
  }
}
