package dev.lantern.ordercenter.reconcile;

import dev.lantern.order.v1.FindingClass;
import dev.lantern.order.v1.FindingFilter;
import dev.lantern.order.v1.FindingState;
import dev.lantern.order.v1.Run;
import dev.lantern.ordercenter.order.Times;
import java.util.Optional;

/// Findings and runs as the contract says them.
public final class FindingMessages {
  private FindingMessages() {}

  public static Filter filter(FindingFilter filter) {
    return new Filter(
        filter.getFindingClass() == FindingClass.FINDING_CLASS_UNSPECIFIED
            ? Optional.empty()
            : Optional.of(Discrepancy.of(filter.getFindingClassValue())),
        filter.getState() == FindingState.FINDING_STATE_UNSPECIFIED
            ? Optional.empty()
            : Optional.of(Finding.State.of(filter.getStateValue())),
        filter.getActivityId(),
        filter.getManifestId());
  }

  static dev.lantern.order.v1.Finding proto(Finding finding) {
    Found found = finding.found();
    var proto =
        dev.lantern.order.v1.Finding.newBuilder()
            .setFindingId(finding.id())
            .setFindingClassValue(found.what().number())
            .setSubject(found.subject())
            .setActivityId(found.activityId())
            .setAmountFen(found.amountFen())
            .setOrderCount(found.orders())
            .setDetail(found.detail())
            .setRemedy(found.what().remedy())
            .setStateValue(finding.state().number())
            .setFirstSeenTime(Times.toProto(finding.firstSeen()))
            .setLastSeenTime(Times.toProto(finding.lastSeen()))
            .setManifestId(found.manifestId());
    if (!found.orderNo().isEmpty()) {
      proto.addSampleOrderNos(found.orderNo());
    }
    finding
        .closing()
        .ifPresent(closing ->
            proto
                .setCloseTime(Times.toProto(closing.at()))
                .setClosedBy(closing.by())
                .setNote(closing.note()));
    return proto.build();
  }

  static Run proto(ReconcileRun run) {
    Run.Builder proto =
        Run.newBuilder()
            .setRunId(run.id())
            .setDone(run.ended().isPresent())
            .setExaminedCount(run.examined())
            .setFoundCount(run.found())
            .setOpenedCount(run.opened())
            .setCreateTime(Times.toProto(run.createdAt()));
    run.ended().map(Times::toProto).ifPresent(proto::setEndTime);
    return proto.build();
  }
}
