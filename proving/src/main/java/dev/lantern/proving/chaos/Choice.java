package dev.lantern.proving.chaos;

import java.util.List;
import java.util.Locale;

/// Picks cases by what the command line says.
final class Choice {
  private Choice() {}

  /// Those of the targets and faults named; all for none named. Throws IllegalArgumentException,
  /// with a message for the person at the terminal, for what is not there.
  static List<ChaosCase> of(List<ChaosCase> all, List<String> targets, List<String> faults) {
    for (String target : targets) {
      if (all.stream().noneMatch(one -> one.target().equals(target))) {
        throw unknown("target", target, all.stream().map(ChaosCase::target).distinct().toList());
      }
    }
    for (String fault : faults) {
      if (all.stream().noneMatch(one -> fault(one).equals(fault))) {
        throw unknown("fault", fault, all.stream().map(Choice::fault).distinct().toList());
      }
    }
    List<ChaosCase> chosen =
        all.stream()
            .filter(one -> targets.isEmpty() || targets.contains(one.target()))
            .filter(one -> faults.isEmpty() || faults.contains(fault(one)))
            .toList();
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException("there is no case of " + faults + " to " + targets);
    }
    return chosen;
  }

  static String fault(ChaosCase one) {
    return one.fault().name().toLowerCase(Locale.ROOT);
  }

  private static IllegalArgumentException unknown(String what, String name, List<String> there) {
    return new IllegalArgumentException(
        "no " + what + " is called " + name + "; there are " + there);
  }
}
