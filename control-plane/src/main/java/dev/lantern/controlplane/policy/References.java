package dev.lantern.controlplane.policy;

import dev.lantern.controlplane.policy.Problem.Code;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What one rule gets wrong by itself, beyond its shape: names that do not exist, sizes that cannot
/// work, words that cannot be kept. Each at the line of the value.
final class References {
  private final String document;
  private final Known known;
  private final List<Problem> problems;

  private References(String document, Known known, List<Problem> problems) {
    this.document = document;
    this.known = known;
    this.problems = problems;
  }

  static void check(RuleReader.Written written, Known known, List<Problem> problems) {
    var check = new References(written.rule().origin().document(), known, problems);
    Values given = written.given();
    given.findMap("match").ifPresent(check::match);
    given.findMap("on_refuse").ifPresent(check::onRefuse);
    given.findMap("on_wait").ifPresent(check::onRefuse);
    switch (written.rule()) {
      case Rule.RateLimit limit -> check.limit(limit, given);
      case Rule.Switch _ -> check.switchRule(given);
      case Rule.Degradation _ -> given.findMap("fallback").ifPresent(check::service);
      case Rule.Route _ -> {
        given.findMap("mirror").ifPresent(check::service);
        given.findMap("ramp").ifPresent(check::service);
      }
      case Rule.EntryStage _,
          Rule.Frequency _,
          Rule.RandomDrop _,
          Rule.Level _,
          Rule.Retry _,
          Rule.CircuitBreaker _ -> {}
    }
  }

  private void problem(int line, Code code, String message) {
    problems.add(new Problem(document, line, code, message));
  }

  private void match(Values match) {
    match.findText("route").ifPresent(route -> route(match.line("route"), route));
    match.texts("routes").forEach(route -> route(match.line("routes"), route));
    service(match);
  }

  private void route(int line, String route) {
    if (!known.routes().contains(route)) {
      problem(line, Code.UNKNOWN_ROUTE, "the edge has no route " + route);
    }
  }

  private void service(Values values) {
    Optional<String> service = values.findText("service");
    if (service.isPresent() && !known.services().contains(service.get())) {
      problem(
          values.line("service"), Code.UNKNOWN_SERVICE, "no service is called " + service.get());
    }
  }

  private void onRefuse(Values values) {
    if (!values.flag("retryable")) {
      problem(
          values.line("retryable"),
          Code.UNSUPPORTED,
          "what is refused here may work later, and must say so");
    } else if (values.span("after").isZero()) {
      problem(
          values.line("after"),
          Code.RETRY_WITHOUT_DELAY,
          "whoever may come back must be told when; at once is a flood");
    }
  }

  private void limit(Rule.RateLimit rule, Values given) {
    Values limit = given.map("limit");
    if (rule.sharing() != Sharing.EXACT && rule.match().campaign().isPresent()) {
      problem(
          given.map("match").line("campaign"),
          Code.UNSUPPORTED,
          "one activity alone can be counted by scope: global only");
    }
    double tokens = rule.rate().perSecond() * rule.burst().toNanos() / 1e9;
    int least = rule.sharing() == Sharing.DIVIDED ? 2 * known.maxGateways() : 1;
    int at = limit.has("burst") ? limit.line("burst") : limit.line("rate");
    if (tokens < least) {
      problem(
          at,
          Code.BUCKET_TOO_SMALL,
          "the burst holds %d requests; with up to %d gateways it must hold %d"
              .formatted((long) tokens, known.maxGateways(), least));
    } else if (tokens > Integer.MAX_VALUE) {
      problem(at, Code.OUT_OF_RANGE, "the burst holds more requests than Envoy can count");
    }
  }

  private void switchRule(Values given) {
    for (String who : given.texts("obeyed_by")) {
      if (!who.equals("edge") && !known.services().contains(who)) {
        problem(given.line("obeyed_by"), Code.UNKNOWN_SERVICE, "no service is called " + who);
      }
    }
    Optional<Values> drop = given.findMap("drop");
    if (drop.isEmpty()) {
      return;
    }
    drop.get().findMap("on_refuse").ifPresent(this::onRefuse);
    String route = drop.get().text("route");
    route(drop.get().line("route"), route);
    Set<String> signedIn = known.signedIn();
    if (known.routes().contains(route) && !signedIn.contains(route)) {
      problem(
          drop.get().line("route"),
          Code.NEVER_ACTS,
          "who is turned away follows from the verified user, and " + route + " has none");
    }
  }
}
