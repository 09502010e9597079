package dev.lantern.ordercenter.order;

import dev.lantern.common.v1.Lane;
import dev.lantern.order.v1.IssueRewardRequest;
import dev.lantern.order.v1.IssueRewardResponse;
import dev.lantern.order.v1.IssueRewardResult;
import dev.lantern.ordercenter.order.AcceptBatch.Way;
import dev.lantern.ordercenter.order.Rounds.Resolution;
import dev.lantern.runtime.errors.Failures;
import dev.lantern.runtime.errors.Reasons;
import dev.lantern.runtime.errors.Refused;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/// Rewards of many users in one call, each with a result of its own: accepted together, those that
/// turn out not to be like the others side by side.
final class RewardBatch {
  private final OrderDesk desk;
  private final Batch sideBySide;

  RewardBatch(OrderDesk desk, Batch sideBySide) {
    this.desk = desk;
    this.sideBySide = sideBySide;
  }

  /// The results in the order of the requests.
  List<IssueRewardResult> issue(List<IssueRewardRequest> requests, Lane lane)
      throws InterruptedException {
    IssueRewardResult[] results = new IssueRewardResult[requests.size()];
    List<Row> resolved = new ArrayList<>(requests.size());
    for (int i = 0; i < requests.size(); i++) {
      resolve(i, requests.get(i), lane, resolved, results);
    }
    List<Way> ways =
        desk.acceptAll(resolved.stream().map(row -> row.resolution().request()).toList());
    List<Row> alone = new ArrayList<>();
    for (int i = 0; i < ways.size(); i++) {
      Row row = resolved.get(i);
      if (ways.get(i) instanceof Way.Alone) {
        alone.add(row);
      } else {
        results[row.at()] = end(row, ways.get(i));
      }
    }
    List<IssueRewardResult> rest = sideBySide.each(alone, row -> end(row, new Way.Alone()));
    for (int i = 0; i < alone.size(); i++) {
      results[alone.get(i).at()] = rest.get(i);
    }
    return Arrays.asList(results);
  }

  private void resolve(
      int at,
      IssueRewardRequest request,
      Lane lane,
      List<Row> resolved,
      IssueRewardResult[] results) {
    try {
      switch (desk.resolve(Rewards.ask(request, lane))) {
        case Resolution.Resolved resolution -> resolved.add(new Row(at, resolution));
        case Resolution.Unresolved(Refusal refusal) ->
            results[at] = refused(Refusals.toRefused(refusal));
      }
    } catch (RuntimeException e) {
      results[at] = refused(Failures.refusal(e));
    }
  }

  private IssueRewardResult end(Row row, Way way) {
    Resolution.Resolved resolution = row.resolution();
    return result(() ->
        Rewards.response(
            new OrderDesk.Answer(desk.end(resolution.request(), way), resolution.billText())));
  }

  private static IssueRewardResult result(Supplier<IssueRewardResponse> response) {
    try {
      return IssueRewardResult.newBuilder().setAccepted(response.get()).build();
    } catch (RuntimeException e) {
      return refused(Failures.refusal(e));
    }
  }

  private static IssueRewardResult refused(Refused refused) {
    return IssueRewardResult.newBuilder()
        .setRefused(
            dev.lantern.order.v1.Refusal.newBuilder()
                .setCode(Reasons.code(refused.reason()).value())
                .setReason(Reasons.name(refused.reason()))
                .setMessage(refused.text())
                .setRetryAfterMs(refused.retryAfter().map(wait -> wait.toMillis()).orElse(-1L)))
        .build();
  }

  /// A row of the call whose round is known.
  private record Row(int at, Resolution.Resolved resolution) {}
}
