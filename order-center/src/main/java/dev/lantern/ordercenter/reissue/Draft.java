package dev.lantern.ordercenter.reissue;

import dev.lantern.common.v1.Reason;
import dev.lantern.order.v1.ReissueHeader;
import dev.lantern.order.v1.ReissueRow;
import dev.lantern.ordercenter.campaign.CampaignIndex;
import dev.lantern.ordercenter.campaign.Child;
import dev.lantern.ordercenter.campaign.Offer;
import dev.lantern.ordercenter.campaign.Reward;
import dev.lantern.ordercenter.order.ActId;
import dev.lantern.ordercenter.order.OrderNo;
import dev.lantern.ordercenter.order.RoundId;
import dev.lantern.ordercenter.reconcile.Declarations;
import dev.lantern.ordercenter.settle.Purse;
import dev.lantern.runtime.errors.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Turns rows into payments by what the campaign in effect declares. A pure function of its
/// arguments.
final class Draft {
  private final Declarations declarations;
  private final CampaignIndex index;
  private final Instant now;
  private final String id;
  private long overCap;

  private Draft(Declarations declarations, CampaignIndex index, Instant now, String id) {
    this.declarations = declarations;
    this.index = index;
    this.now = now;
    this.id = id;
  }

  /// What is to be paid.
  ///
  /// @param overCap rows over the row cap or their scene's
  record Drafted(String id, List<Payment> payments, long overCap) {}

  static Drafted of(
      ReissueHeader header, List<ReissueRow> rows, Declarations declarations, Instant now) {
    CampaignIndex index = declarations.index(header.getActivityId());
    Draft draft = new Draft(declarations, index, now, RowDigest.of(header, rows));
    List<Payment> payments = new ArrayList<>(rows.size());
    Set<String> numbers = new HashSet<>();
    for (int i = 0; i < rows.size(); i++) {
      Payment payment = draft.payment(rows.get(i), i + 1, header.getRowCapFen());
      if (!numbers.add(payment.orderNo().text())) {
        throw invalid("rows[" + i + "].order_no", "order " + payment.orderNo() + " stands twice");
      }
      payments.add(payment);
    }
    return new Drafted(draft.id, payments, draft.overCap);
  }

  private Payment payment(ReissueRow row, int rowNo, long capFen) {
    String field = "rows[" + (rowNo - 1) + "]";
    return row.getOrderNo().isEmpty()
        ? entitled(row, rowNo, field, capFen)
        : ofOrder(row, rowNo, field, capFen);
  }

  private Payment ofOrder(ReissueRow row, int rowNo, String field, long capFen) {
    OrderNo number =
        OrderNo.parse(row.getOrderNo())
            .orElseThrow(() -> invalid(field + ".order_no", "not an order number"));
    Offer offer = declarations.offer(index, number.round(), field + ".order_no");
    if (!offer.gives(number.requested()) || offer.child().stage() != number.stage()) {
      throw Refused.of(
              Reason.REASON_AWARD_TYPE_MISMATCH,
              field + ": the round gives " + offer.scene().awardType() + " in another number")
          .field(field + ".order_no");
    }
    if (now.isBefore(offer.closes())) {
      throw Refused.of(
              Reason.REASON_ROUND_NOT_CLOSED, field + ": its round closes at " + offer.closes())
          .field(field + ".order_no");
    }
    String rewardId = row.getRewardId().isEmpty() ? offer.scene().rewardId() : row.getRewardId();
    Reward reward = reward(offer.child(), rewardId, field);
    noteCap(row, Math.min(capFen, offer.scene().singleAmountCap().value()));
    return payment(row, rowNo, number, false, offer.child(), reward);
  }

  private Payment entitled(ReissueRow row, int rowNo, String field, long capFen) {
    if (row.getActId() == 0 || row.getChildActivityId().isEmpty() || row.getRewardId().isEmpty()) {
      throw invalid(field, "needs order_no, or act_id, child_activity_id and reward_id");
    }
    Child child =
        index.campaign().children().stream()
            .filter(one -> one.id().equals(row.getChildActivityId()))
            .findFirst()
            .orElseThrow(() -> invalid(field + ".child_activity_id", "no such child"));
    Reward reward = reward(child, row.getRewardId(), field);
    noteCap(row, capFen);
    OrderNo number =
        OrderNo.of(
            new ActId(row.getActId()),
            new RoundId("ri-" + id, rowNo),
            reward.awardType(),
            child.stage());
    return payment(row, rowNo, number, true, child, reward);
  }

  private void noteCap(ReissueRow row, long capFen) {
    if (row.getAmountFen() > capFen) {
      overCap++;
    }
  }

  private static Reward reward(Child child, String rewardId, String field) {
    Reward reward =
        child
            .reward(rewardId)
            .orElseThrow(() -> invalid(field + ".reward_id", "no reward " + rewardId));
    if (Purse.of(reward.awardType()).isEmpty()) {
      throw Refused.of(Reason.REASON_AWARD_TYPE_MISMATCH, field + ": only money can be paid again")
          .field(field + ".reward_id");
    }
    if (reward.budgetId().isEmpty()) {
      throw invalid(field + ".reward_id", rewardId + " has no budget to be paid from");
    }
    return reward;
  }

  private static Payment payment(
      ReissueRow row, int rowNo, OrderNo number, boolean entitled, Child child, Reward reward) {
    return new Payment(
        rowNo,
        number,
        entitled,
        child.id(),
        reward.awardType(),
        reward.id(),
        reward.title(),
        reward.budgetId().orElseThrow(),
        row.getAmountFen(),
        entitled ? row.getAmountFen() : row.getRequestedAmountFen());
  }

  private static Refused invalid(String field, String why) {
    return Refused.of(Reason.REASON_INVALID_FIELD, field + ": " + why).field(field);
  }
}
