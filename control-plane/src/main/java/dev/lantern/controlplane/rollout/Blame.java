package dev.lantern.controlplane.rollout;

import dev.lantern.controlplane.policy.Policy;
import dev.lantern.controlplane.policy.Problem;
import dev.lantern.controlplane.policy.Problem.Code;
import dev.lantern.controlplane.policy.Rule;
import dev.lantern.controlplane.resources.Limits;
import dev.lantern.controlplane.xds.Delivery;
import dev.lantern.controlplane.xds.ResourceKind;
import java.util.Comparator;
import java.util.Optional;

/// From a refused resource to the rule that made it.
///
/// A limit is a resource of its own, so its refusal names it for certain; in a listener or a route
/// table the rule is the one that Envoy's message names, if it names one: the longest id in it, as
/// one id may be the beginning of another.
final class Blame {
  private Blame() {}

  static Optional<Problem> of(Delivery delivery, Policy policy) {
    if (delivery.error().isEmpty()) {
      return Optional.empty();
    }
    return policy.rules().stream()
        .filter(rule -> made(rule, delivery))
        .max(Comparator.comparingInt(rule -> rule.id().length()))
        .map(rule ->
            new Problem(
                rule.origin().document(),
                rule.origin().line(),
                Code.ENVOY,
                rule.id() + ": " + delivery.error()));
  }

  private static boolean made(Rule rule, Delivery delivery) {
    if (delivery.kind() == ResourceKind.ECDS) {
      return rule instanceof Rule.RateLimit limit
          && Limits.filterName(limit).equals(delivery.name());
    }
    return delivery.error().contains(rule.id());
  }
}
