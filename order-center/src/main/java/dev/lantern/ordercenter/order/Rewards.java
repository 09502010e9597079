package dev.lantern.ordercenter.order;

import dev.lantern.common.v1.Lane;
import dev.lantern.order.v1.IssueRewardRequest;
import dev.lantern.order.v1.IssueRewardResponse;
import java.util.Optional;

/// A reward's request and answer, between the contract and the desk.
final class Rewards {
  private Rewards() {}

  static Ask ask(IssueRewardRequest request, Lane lane) {
    return new Ask(
        lane,
        new ActId(request.getActId()),
        request.getAppId(),
        request.getActivityId(),
        new RoundId(request.getSceneId(), request.getRainId()),
        Optional.of(request.getAwardType()),
        Fen.of(request.getAmountFen()),
        request.hasOpenTime()
            ? Optional.of(Times.asked(request.getOpenTime(), "open_time"))
            : Optional.empty());
  }

  /// Throws [dev.lantern.runtime.errors.Refused] where the answer is a refusal.
  static IssueRewardResponse response(OrderDesk.Answer answer) {
    return switch (answer.result()) {
      case AcceptResult.Refused(Refusal refusal) -> throw Refusals.toRefused(refusal);
      case AcceptResult.Accepted accepted -> {
        IssueRewardResponse.Builder response =
            IssueRewardResponse.newBuilder()
                .setOrderNo(accepted.orderNo().text())
                .setState(accepted.state())
                .setAward(accepted.outcome().toAward())
                .setReplayed(accepted.replayed())
                .setBillText(answer.billText());
        accepted.verifiable().ifPresent(response::setToken);
        yield response.build();
      }
    };
  }
}
