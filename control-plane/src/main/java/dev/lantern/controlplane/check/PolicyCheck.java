package dev.lantern.controlplane.check;

import dev.lantern.controlplane.limits.LimitRules;
import dev.lantern.controlplane.policy.DocumentReader;
import dev.lantern.controlplane.policy.Policy;
import dev.lantern.controlplane.policy.Problem;
import dev.lantern.controlplane.policy.Problem.Code;
import dev.lantern.controlplane.policy.Reading;
import dev.lantern.controlplane.policy.Revision;
import dev.lantern.controlplane.policy.Rule;
import dev.lantern.controlplane.resources.Enforced;
import dev.lantern.controlplane.resources.EnvoyJson;
import dev.lantern.controlplane.resources.GroupResources;
import dev.lantern.controlplane.resources.Inliner;
import dev.lantern.controlplane.resources.Inputs;
import dev.lantern.controlplane.resources.MeshResources;
import dev.lantern.controlplane.resources.RouteChange;
import dev.lantern.controlplane.topology.Group;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Everything that can be known to be wrong before a push: documents, references, lint, resources
/// that do not fit, and what a real Envoy says to the whole candidate inlined.
///
/// Without an Envoy to ask, the answer is a problem, not silence.
public final class PolicyCheck {
  /// Stands in while token-service has not told its keys; a valid point that signs nothing.
  private static final String ANY_KEY =
      "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"alg\":\"EdDSA\",\"kid\":\"none\","
          + "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}";

  private final MeshResources compiler;
  private final DocumentReader reader;
  private final Optional<EnvoyBinary> envoy;
  private final Supplier<Inputs> running;

  /// Checks against what is running.
  ///
  /// @param running the inputs of the last push; only their policy is replaced
  public PolicyCheck(
      MeshResources compiler,
      DocumentReader reader,
      Optional<EnvoyBinary> envoy,
      Supplier<Inputs> running) {
    this.compiler = compiler;
    this.reader = reader;
    this.envoy = envoy;
    this.running = running;
  }

  /// Reads a revision that was checked when it was made.
  public Reading read(Revision revision) {
    return reader.read(revision.documents());
  }

  /// Checks a candidate whole. `now` tells whether an expiry has passed.
  public Reading check(Candidate candidate, Instant now) {
    Reading reading = reader.read(candidate.documents());
    var problems = new ArrayList<Problem>(reading.problems());
    problems.addAll(own(candidate, reading.policy(), now));
    problems.addAll(changes(reading.policy()));
    if (!reading.withProblems(problems).faults().isEmpty()) {
      return reading.withProblems(problems);
    }
    LimitRules.noSet(reading.policy())
        .ifPresent(why -> problems.add(new Problem("", 0, Code.UNSUPPORTED, why)));
    Inputs inputs = inputs(reading.policy());
    for (Group group : Group.values()) {
      GroupResources resources = compiler.compile(group, inputs);
      problems.addAll(ResourceLint.problems(resources, reading.policy()));
      if (reading.withProblems(problems).faults().isEmpty()) {
        ask(resources, group)
            .ifPresent(complaint -> problems.add(blame(candidate, reading.policy(), complaint)));
      }
    }
    if (envoy.isEmpty()) {
      problems.add(
          new Problem(
              "",
              0,
              Code.ENVOY_NOT_CHECKED,
              "no Envoy binary is configured (mesh.envoy_binary), so nothing can be applied"));
    }
    return reading.withProblems(problems);
  }

  /// What a policy would run on if it ran now.
  public Inputs inputs(Policy policy) {
    Inputs now = running.get();
    return new Inputs(policy, Map.of(), Optional.of(now.jwks().orElse(ANY_KEY)), now.gateways());
  }

  private static List<Problem> own(Candidate candidate, Policy policy, Instant now) {
    var problems = new ArrayList<Problem>();
    for (Rule rule : policy.rules()) {
      Enforced.lacking(rule)
          .ifPresent(why -> problems.add(Problem.at(rule, Code.NOT_ENFORCED, why)));
      LimitRules.uncountable(rule)
          .ifPresent(why -> problems.add(Problem.at(rule, Code.BUCKET_TOO_SMALL, why)));
      if (candidate.changed().contains(rule.origin().document())
          && rule.about().expires().filter(end -> !end.isAfter(now)).isPresent()) {
        problems.add(Problem.at(rule, Code.NEVER_ACTS, rule.id() + " has expired already"));
      }
    }
    return problems;
  }

  private List<Problem> changes(Policy policy) {
    var check = compiler.changeCheck();
    var problems = new ArrayList<Problem>();
    for (RouteChange change : RouteChange.of(policy)) {
      policy
          .find(change.rule())
          .ifPresent(rule ->
              check
                  .problem(change)
                  .ifPresent(why -> problems.add(Problem.at(rule, Code.UNSUPPORTED, why))));
    }
    return problems;
  }

  private Optional<String> ask(GroupResources resources, Group group) {
    if (envoy.isEmpty()) {
      return Optional.empty();
    }
    try {
      var bootstrap = Inliner.bootstrap(resources, group.label() + "-candidate", Optional.empty());
      return envoy.get().complaint(EnvoyJson.print(bootstrap));
    } catch (IOException e) {
      return Optional.of("envoy cannot be asked: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted while envoy was asked");
    }
  }

  /// Envoy does not always say which filter it means; then the change is to blame.
  private static Problem blame(Candidate candidate, Policy policy, String complaint) {
    Set<String> suspects = candidate.changedRules(policy);
    Optional<Rule> guilty =
        policy.rules().stream()
            .filter(rule -> complaint.contains(rule.id()))
            // One id may be the beginning of another.
            .max(Comparator.comparingInt(rule -> rule.id().length()))
            .or(() ->
                policy.rules().stream().filter(rule -> suspects.contains(rule.id())).findFirst());
    return guilty
        .map(rule -> Problem.at(rule, Code.ENVOY, complaint))
        .orElseGet(() -> new Problem("", 0, Code.ENVOY, complaint));
  }
}
