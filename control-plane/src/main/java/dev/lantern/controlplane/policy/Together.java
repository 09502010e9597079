package dev.lantern.controlplane.policy;

import dev.lantern.controlplane.policy.Problem.Code;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;

/// What is wrong between rules rather than within one.
final class Together {
  private Together() {}

  static void check(List<Rule> rules, List<Problem> problems) {
    var first = new HashMap<String, Rule>();
    var switches = new HashSet<String>();
    for (Rule rule : rules) {
      Rule earlier = first.putIfAbsent(rule.id(), rule);
      if (earlier != null) {
        Origin at = earlier.origin();
        report(
            problems,
            rule,
            Code.DUPLICATE_ID,
            rule.id() + " is also in " + at.document() + " line " + at.line());
      }
      if (rule instanceof Rule.Switch) {
        switches.add(rule.id());
      }
    }
    for (Rule rule : rules) {
      if (rule instanceof Rule.Degradation degradation
          && !switches.contains(degradation.switchName())) {
        report(
            problems,
            rule,
            Code.UNKNOWN_SWITCH,
            "no switch " + degradation.switchName() + " is in the catalogue");
      }
    }
  }

  private static void report(List<Problem> problems, Rule rule, Code code, String message) {
    problems.add(new Problem(rule.origin().document(), rule.origin().line(), code, message));
  }
}
