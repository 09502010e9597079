package dev.lantern.controlplane.policy;

import dev.lantern.controlplane.policy.Problem.Code;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;

/// Reads one rule. Every kind has `kind`, `id`, `owner` and `reason`; the rest is the kind's own.
final class RuleReader {
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9.-]{0,63}");
  private static final Pattern WORDS = Pattern.compile("\\P{Cntrl}{1,200}");
  private static final Pattern RATE = Pattern.compile("([1-9][0-9]{0,8})/([smh])");
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final Document document;
  private final Known known;
  private final List<Problem> problems;

  RuleReader(Document document, Known known, List<Problem> problems) {
    this.document = document;
    this.known = known;
    this.problems = problems;
  }

  Optional<Rule> read(MappingNode node) {
    int before = problems.size();
    var fields = new Fields(document.name(), "", node, problems);
    String kind = fields.required("kind").orElse("");
    String id = fields.text("id", ID, "unnamed");
    fields.text("owner", WORDS, "");
    fields.text("reason", WORDS, "");
    var origin = new Origin(document.name(), fields.line(), document.since());
    Optional<Rule> rule =
        switch (kind) {
          case "RateLimit" -> Optional.of(rateLimit(fields, id, origin));
          case "Degradation" -> Optional.of(degradation(fields, id, origin));
          case "Switch" -> Optional.of(switchRule(fields, id, origin));
          case "" -> Optional.empty();
          default -> {
            fields.problem(fields.line("kind"), Code.UNKNOWN_KIND, "no kind is called " + kind);
            yield Optional.empty();
          }
        };
    if (rule.isEmpty()) {
      return rule;
    }
    fields.end();
    return problems.size() == before ? rule : Optional.empty();
  }

  private Rule rateLimit(Fields fields, String id, Origin origin) {
    String route = fields.requiredMap("match").map(this::oneRoute).orElse("");
    boolean shadow = fields.flag("shadow", false);
    OnRefuse onRefuse = onRefuse(fields.map("on_refuse"), "too many requests", 2);
    Optional<Fields> limit = fields.requiredMap("limit");
    var rate = new Rate(1, Duration.ofSeconds(1));
    Duration burst = Duration.ofMillis(100);
    if (limit.isPresent()) {
      rate = rate(limit.get());
      burst = limit.get().duration("burst", burst);
      divide(limit.get());
      checkBucket(limit.get(), rate, burst);
      limit.get().end();
    }
    return new Rule.RateLimit(id, route, rate, burst, onRefuse, shadow, origin);
  }

  private static Rate rate(Fields limit) {
    String text = limit.text("rate", RATE, "1/s");
    var match = RATE.matcher(text);
    if (!match.matches()) {
      throw new IllegalStateException(text);
    }
    Duration per =
        switch (match.group(2)) {
          case "s" -> Duration.ofSeconds(1);
          case "m" -> Duration.ofMinutes(1);
          default -> Duration.ofHours(1);
        };
    return new Rate(Long.parseLong(match.group(1)), per);
  }

  private static void divide(Fields limit) {
    limit
        .required("divide")
        .filter(by -> !by.equals("gateways"))
        .ifPresent(by ->
            limit.problem(
                limit.line("divide"),
                Code.UNSUPPORTED,
                "a limit can be divided by gateways only, not by " + by));
  }

  private void checkBucket(Fields limit, Rate rate, Duration burst) {
    double tokens = rate.perSecond() * burst.toNanos() / 1e9;
    int least = 2 * known.maxGateways();
    int at = limit.line(limit.has("burst") ? "burst" : "rate");
    if (tokens < least) {
      limit.problem(
          at,
          Code.BUCKET_TOO_SMALL,
          "the burst holds %d requests; with up to %d gateways it must hold %d"
              .formatted((long) tokens, known.maxGateways(), least));
    } else if (tokens > Integer.MAX_VALUE) {
      limit.problem(at, Code.SCHEMA, "the burst holds more requests than Envoy can count");
    }
  }

  private Rule degradation(Fields fields, String id, Origin origin) {
    List<String> routes = fields.requiredMap("match").map(this::manyRoutes).orElse(List.of());
    String switchName = fields.text("switch", ID, "unnamed");
    OnRefuse onRefuse = onRefuse(fields.map("on_refuse"), "switched off for now", 30);
    return new Rule.Degradation(id, routes, switchName, onRefuse, origin);
  }

  private Rule switchRule(Fields fields, String id, Origin origin) {
    String description = fields.text("description", WORDS, "");
    fields.required("default");
    long byDefault = fields.number("default", 0, 10_000, 0);
    Optional<Rule.Drop> drop =
        fields
            .map("drop")
            .map(dropped -> {
              String route = route(dropped);
              OnRefuse onRefuse = onRefuse(dropped.map("on_refuse"), "please wait a moment", 5);
              dropped.end();
              return new Rule.Drop(route, onRefuse);
            });
    return new Rule.Switch(id, description, Math.toIntExact(byDefault), drop, origin);
  }

  private String oneRoute(Fields match) {
    String route = route(match);
    match.end();
    return route;
  }

  private List<String> manyRoutes(Fields match) {
    if (!match.has("routes")) {
      return List.of(oneRoute(match));
    }
    List<String> routes = match.texts("routes");
    routes.forEach(route -> checkRoute(match, "routes", route));
    match.end();
    return routes.stream().distinct().toList();
  }

  private String route(Fields match) {
    String route = match.required("route").orElse("");
    if (!route.isEmpty()) {
      checkRoute(match, "route", route);
    }
    return route;
  }

  private void checkRoute(Fields match, String key, String route) {
    if (!known.routes().contains(route)) {
      match.problem(match.line(key), Code.UNKNOWN_ROUTE, "the edge has no route " + route);
    }
  }

  private static OnRefuse onRefuse(Optional<Fields> given, String message, int seconds) {
    var unlessSaid = new OnRefuse(Duration.ofSeconds(seconds), Duration.ZERO, message);
    if (given.isEmpty()) {
      return unlessSaid;
    }
    Fields fields = given.get();
    if (!fields.flag("retryable", true)) {
      fields.problem(
          fields.line("retryable"),
          Code.UNSUPPORTED,
          "what is refused here may work later, and must say so");
    }
    Duration after = bounded(fields, "after", unlessSaid.after());
    Duration jitter = bounded(fields, "jitter", unlessSaid.jitter());
    String words = fields.has("message") ? fields.text("message", WORDS, message) : message;
    fields.end();
    return new OnRefuse(after, jitter, words);
  }

  private static Duration bounded(Fields fields, String key, Duration instead) {
    Duration value = fields.duration(key, instead);
    if (value.compareTo(LONGEST_WAIT) > 0) {
      fields.problem(fields.line(key), Code.SCHEMA, key + " is at most 1h");
    }
    return value;
  }
}
