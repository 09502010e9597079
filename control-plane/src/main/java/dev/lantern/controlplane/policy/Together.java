package dev.lantern.controlplane.policy;

import dev.lantern.controlplane.policy.Problem.Code;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is wrong between rules rather than within one.
final class Together {
  /// From here on a level takes two people.
  private static final int TWO_PEOPLE = 3;

  /// Under these names the turns of levels are written down among those of switches.
  private static final String RESERVED = "mesh.level";

  private Together() {}

  static void check(Policy policy, List<Problem> problems) {
    var switches = new HashSet<String>();
    policy.switches().forEach(one -> switches.add(one.id()));
    for (Rule rule : policy.rules()) {
      if (rule.id().startsWith(RESERVED)) {
        problems.add(
            Problem.at(rule, Code.DUPLICATE_ID, RESERVED + " is the name of the level in force"));
      }
      for (String name : switchesOf(rule)) {
        if (!switches.contains(name)) {
          problems.add(
              Problem.at(rule, Code.UNKNOWN_SWITCH, "no switch " + name + " is in the catalogue"));
        }
      }
    }
    levels(policy.levels(), problems);
    expiries(policy, problems);
  }

  private static Set<String> switchesOf(Rule rule) {
    return switch (rule) {
      case Rule.Degradation degradation -> Set.of(degradation.switchName());
      case Rule.RandomDrop drop -> Set.of(drop.switchName());
      case Rule.RateLimit limit -> limit.onlyWhile().map(Set::of).orElse(Set.of());
      case Rule.Level level -> level.settings().keySet();
      case Rule.EntryStage _,
          Rule.Frequency _,
          Rule.Switch _,
          Rule.Retry _,
          Rule.CircuitBreaker _ ->
          Set.of();
      case Rule.Route route ->
          Stream.concat(route.mirror().stream(), route.ramp().stream())
              .map(Toward::switchName)
              .collect(Collectors.toSet());
    };
  }

  private static void levels(List<Rule.Level> levels, List<Problem> problems) {
    Optional<Rule.Level> below = Optional.empty();
    for (Rule.Level level : levels) {
      Optional<Rule.Level> lower = below;
      contradictions(level, lower)
          .forEach(message -> problems.add(Problem.at(level, Code.CONTRADICTION, message)));
      below = Optional.of(level);
    }
  }

  private static List<String> contradictions(Rule.Level level, Optional<Rule.Level> lower) {
    var found = new java.util.ArrayList<String>();
    if (lower.filter(below -> below.rank() == level.rank()).isPresent()) {
      found.add(level.name() + " is also " + lower.get().id());
    }
    if (level.rank() >= TWO_PEOPLE && !level.secondPerson()) {
      found.add("from L" + TWO_PEOPLE + " on a level asks for approval: second-person");
    }
    level
        .automatic()
        .ifPresent(automatic -> {
          if (automatic.leavePercent() >= automatic.enterPercent()) {
            found.add("it would be entered and left at once: leave must be below enter");
          }
          if (level.secondPerson()) {
            found.add("nobody agrees to what happens by itself");
          }
          Optional<Automatic> before = lower.flatMap(Rule.Level::automatic);
          if (level.rank() > 1 && before.isEmpty()) {
            found.add("levels are entered one by one; the one below is not automatic");
          }
          if (before.filter(b -> b.enterPercent() > automatic.enterPercent()).isPresent()
              || before.filter(b -> b.leavePercent() > automatic.leavePercent()).isPresent()) {
            found.add("a higher level is entered and left at no lower load than the one below");
          }
        });
    return found;
  }

  private static void expiries(Policy policy, List<Problem> problems) {
    var count = new HashMap<String, Integer>();
    policy.rules().forEach(rule -> count.merge(rule.origin().document(), 1, Integer::sum));
    for (Rule rule : policy.rules()) {
      if (rule.about().expires().isPresent()
          && count.getOrDefault(rule.origin().document(), 1) > 1) {
        problems.add(
            Problem.at(
                rule,
                Code.EXPIRY_NOT_ALONE,
                rule.id() + " expires, and its document with it: put it into one of its own"));
      }
    }
  }
}
