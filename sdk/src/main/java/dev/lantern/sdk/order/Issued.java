package dev.lantern.sdk.order;

import dev.lantern.order.v1.IssueRewardRequest;
import dev.lantern.order.v1.IssueRewardResponse;
import dev.lantern.sdk.call.Refusal;

/// What came of issuing a reward.
public sealed interface Issued {
  /// Accepted: it will be booked, and the user may be told so ("on its way" until it is).
  record Accepted(IssueRewardResponse response) implements Issued {}

  /// Refused for certain: no try of this request has issued anything, and none was left open.
  record Refused(Refusal why) implements Issued {}

  /// Nobody knows yet: some try may have been accepted, even if a later one was refused. Keep
  /// `again` and issue exactly that later, by [OrderClient#again]: it is answered with what was
  /// accepted, if something was. Another request for the same round would be refused as a conflict.
  record Open(IssueRewardRequest again, Refusal last) implements Issued {}
}
