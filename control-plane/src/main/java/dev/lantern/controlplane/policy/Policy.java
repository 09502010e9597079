package dev.lantern.controlplane.policy;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// All rules in force, in the order of their documents.
public record Policy(List<Rule> rules) {
  public Policy {
    rules = List.copyOf(rules);
  }

  /// The limits that are divided among gateways.
  public List<Rule.RateLimit> limits() {
    return ofKind(Rule.RateLimit.class).stream()
        .filter(limit -> limit.sharing() == Sharing.DIVIDED)
        .toList();
  }

  public List<Rule.Degradation> degradations() {
    return ofKind(Rule.Degradation.class);
  }

  public List<Rule.Switch> switches() {
    return ofKind(Rule.Switch.class);
  }

  /// The levels, lowest first.
  public List<Rule.Level> levels() {
    return ofKind(Rule.Level.class).stream()
        .sorted(Comparator.comparingInt(Rule.Level::rank))
        .toList();
  }

  public Optional<Rule.Route> route(String route) {
    return ofKind(Rule.Route.class).stream().filter(rule -> rule.route().equals(route)).findFirst();
  }

  public Optional<Rule> find(String id) {
    return rules.stream().filter(rule -> rule.id().equals(id)).findFirst();
  }

  public <R extends Rule> List<R> ofKind(Class<R> kind) {
    return rules.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
