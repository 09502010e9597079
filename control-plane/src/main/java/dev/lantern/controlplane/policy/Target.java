package dev.lantern.controlplane.policy;

import java.util.List;
import java.util.Optional;

/// Which requests a rule is about.
///
/// @param routes of the edge; empty where a criticality says which
/// @param campaign of this activity alone
public record Target(
    List<String> routes, Optional<Criticality> criticality, Optional<String> campaign) {
  public Target {
    routes = List.copyOf(routes);
  }

  public static Target route(String route) {
    return new Target(List.of(route), Optional.empty(), Optional.empty());
  }

  static Target of(Values match) {
    List<String> routes =
        match.findText("route").map(List::of).orElseGet(() -> match.texts("routes"));
    return new Target(
        routes.stream().distinct().toList(),
        match.findText("criticality").map(Criticality::of),
        match.findText("campaign"));
  }
}
