package dev.lantern.controlplane.rollout;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.lantern.controlplane.diff.Change;
import dev.lantern.controlplane.policy.Revision;
import dev.lantern.controlplane.traffic.Sample;
import dev.lantern.mesh.v1.AuditEvent;
import dev.lantern.mesh.v1.ChangeKind;
import dev.lantern.mesh.v1.DiffPolicyResponse;
import dev.lantern.mesh.v1.DocumentDiff;
import dev.lantern.mesh.v1.PolicyRevision;
import dev.lantern.mesh.v1.PreviewPolicyResponse;
import dev.lantern.mesh.v1.ResourceDiff;
import dev.lantern.mesh.v1.RuleDiff;
import dev.lantern.mesh.v1.TrafficDiff;
import dev.lantern.mesh.v1.TrafficSample;
import dev.lantern.mesh.v1.ValueDiff;
import java.time.Instant;

/// Revisions, previews and the record as the API says them.
final class PolicyMessages {
  private PolicyMessages() {}

  static PolicyRevision revision(Revision revision) {
    return PolicyRevision.newBuilder()
        .setRevision(revision.number())
        .setEtag(revision.etag())
        .setAuthor(revision.author())
        .setReason(revision.reason())
        .setCreateTime(timestamp(revision.at()))
        .build();
  }

  static PreviewPolicyResponse preview(Preview.Seen seen) {
    var response = PreviewPolicyResponse.newBuilder();
    seen.problems().forEach(problem -> response.addProblems(Rollout.told(problem)));
    seen.documents().forEach(diff -> response.addDocuments(document(diff)));
    seen.rules().forEach(diff -> response.addRules(rule(diff)));
    seen.resources().forEach(diff -> response.addResources(resource(diff)));
    seen.traffic().forEach(diff -> response.addTraffic(traffic(diff)));
    return response.setSample(sample(seen.sample())).build();
  }

  static DiffPolicyResponse diff(long from, long to, Preview.Seen seen) {
    var response = DiffPolicyResponse.newBuilder().setFromRevision(from).setToRevision(to);
    seen.documents().forEach(diff -> response.addDocuments(document(diff)));
    seen.rules().forEach(diff -> response.addRules(rule(diff)));
    return response.build();
  }

  static AuditEvent event(dev.lantern.controlplane.audit.AuditEvent event) {
    return AuditEvent.newBuilder()
        .setEventId(event.number())
        .setEventTime(timestamp(event.at()))
        .setAction(event.action())
        .setSubject(event.subject())
        .setCaller(event.signed().caller())
        .setAuthor(event.signed().author())
        .setReason(event.signed().reason())
        .setOutcome(event.outcome())
        .setDetail(event.detail())
        .build();
  }

  private static DocumentDiff document(dev.lantern.controlplane.diff.DocumentDiff diff) {
    return DocumentDiff.newBuilder()
        .setName(diff.name())
        .setChange(kind(diff.change()))
        .setUnified(diff.text().text())
        .setTruncated(diff.text().truncated())
        .build();
  }

  private static RuleDiff rule(dev.lantern.controlplane.diff.RuleDiff diff) {
    var told =
        RuleDiff.newBuilder()
            .setRuleId(diff.id())
            .setKind(diff.kind())
            .setChange(kind(diff.change()));
    diff.values()
        .forEach(value ->
            told.addValues(
                ValueDiff.newBuilder()
                    .setPath(value.path())
                    .setBefore(value.before())
                    .setAfter(value.after())));
    return told.build();
  }

  private static ResourceDiff resource(dev.lantern.controlplane.diff.ResourceDiff diff) {
    return ResourceDiff.newBuilder()
        .setGroup(diff.group().label())
        .setType(diff.kind().name())
        .setName(diff.name())
        .setChange(kind(diff.change()))
        .setUnified(diff.text().text())
        .setTruncated(diff.text().truncated())
        .setEffect(diff.effect())
        .build();
  }

  private static TrafficDiff traffic(dev.lantern.controlplane.traffic.TrafficDiff diff) {
    return TrafficDiff.newBuilder()
        .setRoute(diff.route())
        .setRequests(diff.requests())
        .setRefusedBefore(diff.before())
        .setRefusedAfter(diff.after())
        .setWords(diff.words())
        .build();
  }

  private static TrafficSample sample(Sample sample) {
    var told =
        TrafficSample.newBuilder()
            .setRequests(sample.requests().size())
            .setTruncated(sample.truncated());
    if (!sample.requests().isEmpty()) {
      told.setStartTime(timestamp(sample.requests().getFirst().at()))
          .setEndTime(timestamp(sample.requests().getLast().at()));
    }
    return told.build();
  }

  private static ChangeKind kind(Change change) {
    return switch (change) {
      case ADDED -> ChangeKind.CHANGE_KIND_ADDED;
      case REMOVED -> ChangeKind.CHANGE_KIND_REMOVED;
      case CHANGED -> ChangeKind.CHANGE_KIND_CHANGED;
    };
  }

  private static Timestamp timestamp(Instant at) {
    return Timestamps.fromMillis(at.toEpochMilli());
  }
}
