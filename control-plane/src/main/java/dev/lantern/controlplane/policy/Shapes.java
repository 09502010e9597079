package dev.lantern.controlplane.policy;

import static dev.lantern.controlplane.policy.Field.may;
import static dev.lantern.controlplane.policy.Field.must;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// The shapes that several kinds share.
final class Shapes {
  static final int MOST_ROUTES = 50;

  static final Shape.Text ID =
      new Shape.Text(Pattern.compile("[a-z][a-z0-9.-]{0,63}"), "rain-grab-total");
  static final Shape.Text WORDS =
      new Shape.Text(Pattern.compile("[^\\x00-\\x1F\\x7F-\\x9F]{1,200}"), "plain words");
  static final Shape.Text CAMPAIGN =
      new Shape.Text(Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}"), "spring-2027");
  static final Shape.Flag FLAG = new Shape.Flag();
  static final Shape.PerTime RATE = new Shape.PerTime();
  static final Shape.Moment MOMENT = new Shape.Moment();
  static final Shape.Whole SHARE = new Shape.Whole(0, 10_000);
  static final Shape.Choice CRITICALITY = new Shape.Choice(Criticality.names());
  static final Shape.Many ROUTES = new Shape.Many(ID, 1, MOST_ROUTES);

  static final Field SHADOW = may("shadow", FLAG, "false", "true: decide and count, refuse nobody");

  private Shapes() {}

  static Shape.Span span(String least, String most) {
    return new Shape.Span(Spans.parse(least), Spans.parse(most));
  }

  /// What every kind has, before its own.
  static List<Field> common() {
    return List.of(
        must("id", ID, "unique over all kinds; refusals and metrics name it"),
        must("owner", WORDS, "whom to ask"),
        must("reason", WORDS, "why it is there"),
        may("criticality", CRITICALITY, "normal", "what is let go first: sheddable"),
        may(
            "expires",
            MOMENT,
            "from then on the document is again what it was before; such a rule is alone in its"
                + " document"));
  }

  static Shape.Mapping oneRoute() {
    return Shape.Mapping.of(
        must("route", ID, "a route of the edge, such as play.grab"),
        may("campaign", CAMPAIGN, "of this activity alone"));
  }

  static Shape.Mapping manyRoutes() {
    return Shape.Mapping.of(
            may("route", ID, "a route of the edge"),
            may("routes", ROUTES, "several routes of the edge"))
        .withOneOf("route", "routes");
  }

  static Shape.Mapping byCriticality() {
    return Shape.Mapping.of(
            may("route", ID, "a route of the edge"),
            may("routes", ROUTES, "several routes of the edge"),
            may("criticality", CRITICALITY, "every route of this criticality"))
        .withOneOf("route", "routes", "criticality");
  }

  static Shape.Mapping service() {
    return Shape.Mapping.of(must("service", ID, "the service that is called"));
  }

  /// What a refused caller is told.
  static Shape.Mapping onRefuse(Duration after, String message) {
    return Shape.Mapping.of(
        may("retryable", FLAG, "true", "false: coming back does not help"),
        may("after", span("0s", "1h"), Spans.text(after), "when to come back"),
        may("jitter", span("0s", "1h"), "0s", "spread over so much more"),
        may("message", WORDS, message, "what people read"));
  }
}
