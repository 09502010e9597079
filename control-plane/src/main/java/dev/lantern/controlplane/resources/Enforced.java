package dev.lantern.controlplane.resources;

import dev.lantern.controlplane.policy.Rule;
import dev.lantern.controlplane.policy.Sharing;
import java.util.Optional;

/// Which rules the compiler turns into something that acts. A rule that it does not is refused when
/// it is applied: to take it would be a promise that nobody keeps.
public final class Enforced {
  private Enforced() {}

  /// Why nothing would come of this rule; empty when something does.
  public static Optional<String> lacking(Rule rule) {
    return switch (rule) {
      case Rule.RateLimit limit -> limit(limit.sharing());
      case Rule.Degradation degradation ->
          degradation.shadow()
              ? Optional.of("a degradation cannot be tried in shadow yet")
              : Optional.empty();
      case Rule.Switch _, Rule.Level _ -> Optional.empty();
      case Rule.Route route ->
          route.cache().isPresent() ? none("caches of routes") : Optional.empty();
      case Rule.EntryStage _ -> none("entry stages");
      case Rule.Frequency _ -> none("frequencies");
      case Rule.RandomDrop _ -> none("random drops (a switch can drop)");
      case Rule.Retry _ -> none("retries");
      case Rule.CircuitBreaker _ -> none("circuit breakers");
    };
  }

  private static Optional<String> limit(Sharing sharing) {
    return switch (sharing) {
      case DIVIDED -> Optional.empty();
      case EXACT -> none("exact global limits");
      case BY_CALLER -> none("limits by caller");
    };
  }

  private static Optional<String> none(String what) {
    return Optional.of("no gateway enforces " + what + " yet");
  }
}
