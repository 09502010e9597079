package dev.lantern.controlplane.policy;

import static dev.lantern.controlplane.policy.Field.must;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The kinds of rule, each with its shape.
enum Kind {
  ENTRY_STAGE(
      "EntryStage",
      "Lets verified users in by cohorts, on a schedule or by measured slack; nobody who was let in"
          + " is thrown out again."),
  RATE_LIMIT("RateLimit", "At most so much of a route."),
  FREQUENCY("Frequency", "At most so much for each user or address."),
  RANDOM_DROP("RandomDrop", "Turns a share of users away, the same users until the share changes."),
  DEGRADATION("Degradation", "What a route does while a switch is off."),
  SWITCH("Switch", "An entry of the switch catalogue."),
  LEVEL("Level", "A degradation level: where switches stand, as one change."),
  RETRY("Retry", "Tries a failed call again, within a budget."),
  CIRCUIT_BREAKER("CircuitBreaker", "How much may be under way to a service."),
  ROUTE("Route", "What a route is: its criticality, deadline, measured ceiling.");

  private final String text;
  private final String says;

  Kind(String text, String says) {
    this.text = text;
    this.says = says;
  }

  static Optional<Kind> of(String text) {
    for (Kind kind : values()) {
      if (kind.text.equals(text)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /// As documents write it.
  String text() {
    return text;
  }

  String says() {
    return says;
  }

  Shape.Mapping shape() {
    Shape.Mapping own = own();
    var fields = new ArrayList<Field>();
    fields.add(must("kind", new Shape.Choice(List.of(text)), says));
    fields.addAll(Shapes.common());
    fields.addAll(own.fields());
    return new Shape.Mapping(fields, own.oneOf(), own.atMostOneOf());
  }

  private Shape.Mapping own() {
    return switch (this) {
      case ENTRY_STAGE -> EntryKinds.ENTRY_STAGE;
      case RATE_LIMIT -> EntryKinds.RATE_LIMIT;
      case FREQUENCY -> EntryKinds.FREQUENCY;
      case RANDOM_DROP -> EntryKinds.RANDOM_DROP;
      case DEGRADATION -> RouteKinds.DEGRADATION;
      case SWITCH -> SwitchKinds.SWITCH;
      case LEVEL -> SwitchKinds.LEVEL;
      case RETRY -> RouteKinds.RETRY;
      case CIRCUIT_BREAKER -> RouteKinds.CIRCUIT_BREAKER;
      case ROUTE -> RouteKinds.ROUTE;
    };
  }
}
