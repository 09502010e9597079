package dev.lantern.controlplane.policy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One rule of the policy. Ids are unique over all kinds.
public sealed interface Rule {
  String id();

  Origin origin();

  /// At most so many requests of a route over all gateways, divided evenly among the live ones.
  ///
  /// @param burst how much of the rate may come at once
  /// @param shadow count, but let through
  record RateLimit(
      String id,
      String route,
      Rate rate,
      Duration burst,
      OnRefuse onRefuse,
      boolean shadow,
      Origin origin)
      implements Rule {}

  /// Routes that answer a fixed refusal while a switch is off.
  record Degradation(
      String id, List<String> routes, String switchName, OnRefuse onRefuse, Origin origin)
      implements Rule {
    public Degradation {
      routes = List.copyOf(routes);
    }
  }

  /// An entry of the switch catalogue.
  ///
  /// @param description what users then see
  /// @param defaultPerTenThousand what it falls back to; 0 off, 10000 fully on
  /// @param drop the route of which that share of users is turned away, for a switch that drops
  record Switch(
      String id, String description, int defaultPerTenThousand, Optional<Drop> drop, Origin origin)
      implements Rule {}

  /// Turning users of a route away: sticky per verified user, so that a retry gets the same answer.
  record Drop(String route, OnRefuse onRefuse) {}
}
