package dev.lantern.controlplane.policy;

import static dev.lantern.controlplane.policy.Field.may;
import static dev.lantern.controlplane.policy.Field.must;
import static dev.lantern.controlplane.policy.Shapes.ID;
import static dev.lantern.controlplane.policy.Shapes.MOMENT;
import static dev.lantern.controlplane.policy.Shapes.RATE;
import static dev.lantern.controlplane.policy.Shapes.SHADOW;
import static dev.lantern.controlplane.policy.Shapes.SHARE;
import static dev.lantern.controlplane.policy.Shapes.span;

import java.time.Duration;
import java.util.List;

/// Shapes of the kinds that decide who gets in.
final class EntryKinds {
  private static final int MOST_STEPS = 100;

  private static final Shape.Mapping STEP =
      Shape.Mapping.of(
          must("at", MOMENT, "when"), must("share", SHARE, "of 10000 users, how many are in"));

  private static final Shape.Mapping BY_SLACK =
      Shape.Mapping.of(
          must("step", new Shape.Whole(1, 10_000), "how many of 10000 users more at a time"),
          must("every", span("100ms", "1h"), "at most so often"),
          must("below", new Shape.Whole(1, 100), "while services are busy less than this per cent"),
          may("from", MOMENT, "not before"));

  static final Shape.Mapping ENTRY_STAGE =
      Shape.Mapping.of(
              must("match", Shapes.oneRoute(), "which requests"),
              must(
                  "round", new Shape.Whole(1, 1_000_000_000), "cohorts differ from round to round"),
              may("steps", new Shape.Many(STEP, 1, MOST_STEPS), "opens by the calendar"),
              may("slack", BY_SLACK, "opens as services can take more"),
              may(
                  "on_wait",
                  Shapes.onRefuse(Duration.ofSeconds(5), "not your turn yet"),
                  "what those who wait are told"),
              SHADOW)
          .withOneOf("steps", "slack");

  private static final Shape.Mapping LIMIT =
      Shape.Mapping.of(
              must("rate", RATE, "over all gateways together"),
              may("burst", span("1ms", "24h"), "100ms", "how much of the rate may come at once"),
              may("divide", new Shape.Choice(List.of("gateways")), "evenly among live gateways"),
              may("scope", new Shape.Choice(List.of("global")), "one exact count for all gateways"),
              may("key", new Shape.Choice(List.of("caller")), "for each calling service by itself"))
          .withOneOf("divide", "scope", "key");

  static final Shape.Mapping RATE_LIMIT =
      Shape.Mapping.of(
          must("match", Shapes.oneRoute(), "which requests"),
          must("limit", LIMIT, "how many"),
          may("while", ID, "holds only while this switch is on; counts all the time"),
          may(
              "on_refuse",
              Shapes.onRefuse(Duration.ofSeconds(2), "too many requests"),
              "what the refused are told"),
          SHADOW);

  static final Shape.Mapping FREQUENCY =
      Shape.Mapping.of(
          must("match", Shapes.oneRoute(), "which requests"),
          must("per", new Shape.Choice(List.of("user", "address")), "verified id, or address"),
          must(
              "limit",
              Shape.Mapping.of(
                  must("rate", RATE, "for each"),
                  may("burst", new Shape.Whole(1, 1_000_000), "1", "how many may come at once")),
              "how many"),
          may(
              "on_refuse",
              Shapes.onRefuse(Duration.ofSeconds(2), "too many requests"),
              "what the refused are told"),
          SHADOW);

  static final Shape.Mapping RANDOM_DROP =
      Shape.Mapping.of(
          must("match", Shapes.byCriticality(), "which requests"),
          must("switch", ID, "the switch whose value is the share"),
          may(
              "on_refuse",
              Shapes.onRefuse(Duration.ofSeconds(5), "please wait a moment"),
              "what the refused are told"),
          SHADOW);

  private EntryKinds() {}
}
