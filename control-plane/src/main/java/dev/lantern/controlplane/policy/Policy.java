package dev.lantern.controlplane.policy;

import java.util.List;

/// All rules in force, in the order of their documents.
public record Policy(List<Rule> rules) {
  public Policy {
    rules = List.copyOf(rules);
  }

  public List<Rule.RateLimit> limits() {
    return ofKind(Rule.RateLimit.class);
  }

  public List<Rule.Degradation> degradations() {
    return ofKind(Rule.Degradation.class);
  }

  public List<Rule.Switch> switches() {
    return ofKind(Rule.Switch.class);
  }

  private <R extends Rule> List<R> ofKind(Class<R> kind) {
    return rules.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
