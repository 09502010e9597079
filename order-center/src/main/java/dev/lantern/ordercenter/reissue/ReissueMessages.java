package dev.lantern.ordercenter.reissue;

import dev.lantern.order.v1.ReissueRowResult;
import dev.lantern.ordercenter.order.Times;

/// Reissues and their rows as the contract says them.
final class ReissueMessages {
  private ReissueMessages() {}

  static dev.lantern.order.v1.Reissue proto(Reissue reissue, Progress progress) {
    var proto =
        dev.lantern.order.v1.Reissue.newBuilder()
            .setReissueId(reissue.id())
            .setStateValue(reissue.state().number())
            .setCause(reissue.cause())
            .setActivityId(reissue.activityId())
            .setReason(reissue.reason())
            .setNote(reissue.note())
            .setCreatedBy(reissue.createdBy())
            .setApprovedBy(reissue.approvedBy())
            .setCreateTime(Times.toProto(reissue.createdAt()))
            .setRowCapFen(reissue.caps().rowFen())
            .setTotalCapFen(reissue.caps().totalFen())
            .setRowsPerSecond(reissue.rowsPerSecond())
            .setRowCount(reissue.rows())
            .setAmountFen(reissue.amountFen())
            .setPaidCount(progress.paid())
            .setPaidFen(progress.paidFen())
            .setAlreadyBookedCount(progress.alreadyBooked())
            .setRefusedCount(progress.refused());
    reissue.approvedAt().map(Times::toProto).ifPresent(proto::setApproveTime);
    reissue.endedAt().map(Times::toProto).ifPresent(proto::setEndTime);
    return proto.build();
  }

  static ReissueRowResult proto(Payment.Result result) {
    Payment payment = result.payment();
    var proto =
        ReissueRowResult.newBuilder()
            .setRowNo(payment.rowNo())
            .setOrderNo(payment.orderNo().text())
            .setActId(payment.orderNo().actId().value())
            .setRewardId(payment.rewardId())
            .setAmountFen(payment.amountFen())
            .setStateValue(result.state().number())
            .setNote(result.note());
    result.bookedAt().map(Times::toProto).ifPresent(proto::setBookTime);
    return proto.build();
  }
}
