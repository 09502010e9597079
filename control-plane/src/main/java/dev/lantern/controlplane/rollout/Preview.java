package dev.lantern.controlplane.rollout;

import dev.lantern.controlplane.check.Candidate;
import dev.lantern.controlplane.check.PolicyCheck;
import dev.lantern.controlplane.diff.DocumentDiff;
import dev.lantern.controlplane.diff.ResourceDiff;
import dev.lantern.controlplane.diff.RuleDiff;
import dev.lantern.controlplane.policy.Document;
import dev.lantern.controlplane.policy.DocumentReader;
import dev.lantern.controlplane.policy.Policy;
import dev.lantern.controlplane.policy.Problem;
import dev.lantern.controlplane.policy.Reading;
import dev.lantern.controlplane.policy.Revision;
import dev.lantern.controlplane.policy.RevisionStore;
import dev.lantern.controlplane.resources.Inputs;
import dev.lantern.controlplane.resources.MeshResources;
import dev.lantern.controlplane.switches.SwitchBoard;
import dev.lantern.controlplane.topology.Group;
import dev.lantern.controlplane.traffic.Sample;
import dev.lantern.controlplane.traffic.TrafficDiff;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What an edit would do, in three tongues: rules, Envoy's resources, requests.
public final class Preview {
  /// What was seen.
  ///
  /// @param traffic empty without a sample
  public record Seen(
      List<Problem> problems,
      List<DocumentDiff> documents,
      List<RuleDiff> rules,
      List<ResourceDiff> resources,
      List<TrafficDiff> traffic,
      Sample sample) {}

  private final RevisionStore store;
  private final DocumentReader reader;
  private final PolicyCheck check;
  private final MeshResources compiler;
  private final SwitchBoard board;
  private final Sample.Source requests;
  private final InstantSource clock;

  public Preview(
      RevisionStore store,
      DocumentReader reader,
      PolicyCheck check,
      MeshResources compiler,
      SwitchBoard board,
      Sample.Source requests,
      InstantSource clock) {
    this.store = store;
    this.reader = reader;
    this.check = check;
    this.compiler = compiler;
    this.board = board;
    this.requests = requests;
    this.clock = clock;
  }

  public Seen of(Map<String, String> yamlByName, Set<String> removed) {
    Instant now = clock.instant();
    Revision newest = store.newest();
    Candidate candidate = Candidate.over(newest, yamlByName, removed);
    Reading before = reader.read(newest.documents());
    Reading after = check.check(candidate, now);
    boolean compiles = after.faults().stream().noneMatch(Preview::isOfTheText);
    Sample sample = compiles ? requests.lately() : Sample.none();
    return new Seen(
        after.problems(),
        DocumentDiff.between(newest.documents(), candidate.documents()),
        RuleDiff.between(before, after),
        compiles ? resources(before.policy(), after.policy(), now) : List.of(),
        sample.requests().isEmpty()
            ? List.of()
            : TrafficDiff.between(
                sample,
                before.policy(),
                values(before.policy(), now),
                after.policy(),
                values(after.policy(), now)),
        sample);
  }

  /// Rules and documents between two revisions.
  public Seen between(List<Document> before, List<Document> after) {
    return new Seen(
        List.of(),
        DocumentDiff.between(before, after),
        RuleDiff.between(reader.read(before), reader.read(after)),
        List.of(),
        List.of(),
        Sample.none());
  }

  /// That there is no Envoy to ask hinders an apply, not a look.
  private static boolean isOfTheText(Problem problem) {
    return switch (problem.code()) {
      case ENVOY_NOT_CHECKED, ENVOY, NOT_ENFORCED -> false;
      case SCHEMA,
          UNKNOWN_FIELD,
          UNKNOWN_KIND,
          OUT_OF_RANGE,
          DUPLICATE_ID,
          UNKNOWN_ROUTE,
          UNKNOWN_SERVICE,
          UNKNOWN_SWITCH,
          BUCKET_TOO_SMALL,
          NEVER_ACTS,
          SHADOWED,
          RETRY_WITHOUT_DELAY,
          CONTRADICTION,
          EXPIRY_NOT_ALONE,
          ABOVE_CEILING,
          UNSUPPORTED,
          TOO_MANY,
          TOO_LARGE,
          INCONSISTENT,
          NO_SUCH_FILTER,
          ZERO_PERCENT ->
          true;
    };
  }

  private List<ResourceDiff> resources(Policy old, Policy now, Instant at) {
    var diffs = new ArrayList<ResourceDiff>();
    for (Group group : Group.values()) {
      diffs.addAll(
          ResourceDiff.between(
              group,
              compiler.compile(group, inputs(old, at)),
              compiler.compile(group, inputs(now, at))));
    }
    return diffs;
  }

  private Inputs inputs(Policy policy, Instant now) {
    Inputs plain = check.inputs(policy);
    return new Inputs(policy, values(policy, now), plain.jwks(), plain.gateways());
  }

  private Map<String, Integer> values(Policy policy, Instant now) {
    return SwitchBoard.under(board.table(), policy).values(now);
  }
}
