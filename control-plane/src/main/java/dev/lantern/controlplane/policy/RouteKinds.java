package dev.lantern.controlplane.policy;

import static dev.lantern.controlplane.policy.Field.may;
import static dev.lantern.controlplane.policy.Field.must;
import static dev.lantern.controlplane.policy.Shapes.ID;
import static dev.lantern.controlplane.policy.Shapes.RATE;
import static dev.lantern.controlplane.policy.Shapes.SHADOW;
import static dev.lantern.controlplane.policy.Shapes.WORDS;
import static dev.lantern.controlplane.policy.Shapes.span;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// Shapes of the kinds that say where a call goes, and how.
final class RouteKinds {
  private static final int MOST_BODY = 4096;

  private static final Shape.Mapping ANSWER =
      Shape.Mapping.of(
          must(
              "json",
              new Shape.Text(
                  Pattern.compile("[^\\x00-\\x08\\x0B-\\x1F]{2," + MOST_BODY + "}"), "{}"),
              "the body, with 200; over gRPC on_refuse is told"));

  static final Shape.Mapping DEGRADATION =
      Shape.Mapping.of(
              must("match", Shapes.manyRoutes(), "which requests"),
              must("switch", ID, "while this switch is off, or for the share that it leaves out"),
              may(
                  "on_refuse",
                  Shapes.onRefuse(Duration.ofSeconds(30), "switched off for now"),
                  "what the refused are told"),
              may("answer", ANSWER, "a fixed answer"),
              may("fallback", Shapes.service(), "another service answers"),
              SHADOW)
          .withAtMostOneOf("answer", "fallback");

  static final Shape.Mapping RETRY =
      Shape.Mapping.of(
          must("match", Shapes.service(), "calls of which service"),
          must("attempts", new Shape.Whole(1, 5), "how often more"),
          may(
              "on",
              new Shape.Many(new Shape.Choice(List.of("refused", "unavailable", "reset")), 1, 3),
              "what is tried again; left out: what surely did nothing"),
          may("per_try", span("10ms", "10s"), "500ms", "how long one try may take"),
          may("budget", new Shape.Whole(1, 50), "20", "of 100 calls, at most so many are retries"),
          may("back_off", span("10ms", "10s"), "50ms", "the first wait; doubled, with jitter"));

  private static final Shape.Mapping EJECTION =
      Shape.Mapping.of(
          may("after", new Shape.Whole(1, 1000), "5", "so many failures on end"),
          may("for", span("1s", "10m"), "30s", "taken out for so long"),
          may("most", new Shape.Whole(1, 100), "50", "of 100 instances at most so many"));

  static final Shape.Mapping CIRCUIT_BREAKER =
      Shape.Mapping.of(
          must("match", Shapes.service(), "calls of which service"),
          must("requests", new Shape.Whole(1, 1_000_000), "under way at once"),
          may("pending", new Shape.Whole(1, 1_000_000), "1024", "waiting for a connection"),
          may("connections", new Shape.Whole(1, 100_000), "1024", "open at once"),
          may("retries", new Shape.Whole(0, 100_000), "100", "retries under way at once"),
          may("ejection", EJECTION, "takes failing instances out"));

  private static final Shape.Mapping TO_SERVICE =
      Shape.Mapping.of(
          must("service", ID, "where to"),
          must("switch", ID, "the switch whose value is the share"));

  private static final Shape.Mapping CEILING =
      Shape.Mapping.of(
          must("rate", RATE, "what was measured to be taken, all instances together"),
          must("measured", Shapes.MOMENT, "when"),
          must("how", WORDS, "by which command, under which conditions"));

  static final Shape.Mapping ROUTE =
      Shape.Mapping.of(
          must("match", Shapes.oneRoute(), "which route"),
          may("deadline", span("10ms", "1m"), "2s", "no answer by then: 504"),
          may("ceiling", CEILING, "limits above it are reported"),
          may("cache", span("0s", "1h"), "kept at the edge and by clients for so long"),
          may("mirror", TO_SERVICE, "a copy of that share goes there; its answer is thrown away"),
          may("ramp", TO_SERVICE, "that share of users goes there instead, always the same users"));

  private RouteKinds() {}
}
