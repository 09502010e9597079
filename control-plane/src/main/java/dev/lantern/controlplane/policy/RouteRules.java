package dev.lantern.controlplane.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Values to the rules of [RouteKinds].
final class RouteRules {
  private RouteRules() {}

  static Rule degradation(About about, Values values) {
    return new Rule.Degradation(
        about, Target.of(values.map("match")), values.text("switch"), instead(values));
  }

  private static Instead instead(Values values) {
    OnRefuse onRefuse =
        EntryRules.onRefuse(values, "on_refuse", Duration.ofSeconds(30), "switched off for now");
    Optional<Values> answer = values.findMap("answer");
    if (answer.isPresent()) {
      return new Instead.Answer(answer.get().text("json"), onRefuse);
    }
    return values
        .findMap("fallback")
        .<Instead>map(fallback -> new Instead.Fallback(fallback.text("service")))
        .orElseGet(() -> new Instead.Refuse(onRefuse));
  }

  static Rule retry(About about, Values values) {
    return new Rule.Retry(
        about,
        values.map("match").text("service"),
        values.integer("attempts"),
        values.has("on") ? values.texts("on") : List.of("refused"),
        values.span("per_try"),
        values.integer("budget"),
        values.span("back_off"));
  }

  static Rule breaker(About about, Values values) {
    return new Rule.CircuitBreaker(
        about,
        values.map("match").text("service"),
        values.whole("requests"),
        values.whole("pending"),
        values.whole("connections"),
        values.whole("retries"),
        values
            .findMap("ejection")
            .map(ejection ->
                new Rule.Ejection(
                    ejection.integer("after"), ejection.span("for"), ejection.integer("most"))));
  }

  static Rule route(About about, Values values) {
    return new Rule.Route(
        about,
        Target.of(values.map("match")),
        values.span("deadline"),
        values.findMap("ceiling").map(RouteRules::ceiling),
        values.findSpan("cache"),
        values.findMap("mirror").map(Toward::of),
        values.findMap("ramp").map(Toward::of));
  }

  private static Rule.Ceiling ceiling(Values values) {
    Instant measured =
        values.findMoment("measured").orElseThrow(() -> new IllegalStateException("measured"));
    return new Rule.Ceiling(values.rate("rate"), measured, values.text("how"));
  }
}
