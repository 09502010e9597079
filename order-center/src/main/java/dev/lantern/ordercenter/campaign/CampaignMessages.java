package dev.lantern.ordercenter.campaign;

import dev.lantern.campaign.v1.ChangeKind;
import dev.lantern.common.v1.Reason;
import dev.lantern.ordercenter.order.Times;
import dev.lantern.runtime.errors.Refused;
import java.util.List;

/// The contract's messages and refusals of what this package knows.
final class CampaignMessages {
  private CampaignMessages() {}

  static dev.lantern.campaign.v1.Revision revision(Revision revision) {
    return dev.lantern.campaign.v1.Revision.newBuilder()
        .setActivityId(revision.activityId())
        .setRevision(revision.number())
        .setEtag(revision.etag())
        .setCreateTime(Times.toProto(revision.createdAt()))
        .setEffectiveTime(Times.toProto(revision.effectiveAt()))
        .setAuthor(revision.author())
        .setReason(revision.reason())
        .setRollbackOf(revision.rollbackOf().orElse(0))
        .build();
  }

  static dev.lantern.campaign.v1.Problem problem(Problem problem) {
    return dev.lantern.campaign.v1.Problem.newBuilder()
        .setPath(problem.path())
        .setLine(problem.line())
        .setMessage(problem.message())
        .setRemedy(problem.remedy())
        .build();
  }

  static dev.lantern.campaign.v1.Change change(TreeDiff.Change change) {
    dev.lantern.campaign.v1.Change.Builder message =
        dev.lantern.campaign.v1.Change.newBuilder().setPath(change.path());
    switch (change) {
      case TreeDiff.Change.Added(String _, String value) ->
          message.setKind(ChangeKind.CHANGE_KIND_ADDED).setNewValue(value);
      case TreeDiff.Change.Removed(String _, String value) ->
          message.setKind(ChangeKind.CHANGE_KIND_REMOVED).setOldValue(value);
      case TreeDiff.Change.Changed(String _, String before, String after) ->
          message.setKind(ChangeKind.CHANGE_KIND_CHANGED).setOldValue(before).setNewValue(after);
    }
    return message.build();
  }

  static Refused invalid(List<Problem> problems) {
    Refused refused =
        Refused.of(
            Reason.REASON_INVALID_DOCUMENT,
            problems.size() + " problems, the first in line " + problems.getFirst().line());
    for (Problem problem : problems) {
      refused =
          refused.violation(
              problem.path().isEmpty() ? "document" : problem.path(),
              "line "
                  + problem.line()
                  + ": "
                  + problem.message()
                  + "; remedy: "
                  + problem.remedy());
    }
    return refused.with("line", Integer.toString(problems.getFirst().line()));
  }

  static Refused notFound(String activityId, String field) {
    return Refused.of(Reason.REASON_NOT_FOUND, "no such revision of " + activityId).field(field);
  }
}
