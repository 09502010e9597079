package dev.lantern.sdk.order;

import com.google.protobuf.Timestamp;
import dev.lantern.order.v1.IssueRewardRequest;
import dev.lantern.order.v1.IssueRewardResponse;
import dev.lantern.order.v1.OrderServiceGrpc;
import dev.lantern.order.v1.OrderServiceGrpc.OrderServiceBlockingStub;
import dev.lantern.sdk.call.Refusal;
import dev.lantern.sdk.call.Retries;
import io.grpc.Channel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/// Issues rewards, each at most once: the order number follows from user, scene, round and award
/// type, and every try sends the very same request.
///
/// A request without an open time gets one before its first try, because a retry must repeat it.
/// Safe for use by many threads.
public final class OrderClient {
  private static final Duration EACH = Duration.ofSeconds(1);

  private final OrderServiceBlockingStub stub;
  private final Retries retries;
  private final InstantSource clock;

  public OrderClient(Channel channel, Retries retries, InstantSource clock) {
    this.stub = OrderServiceGrpc.newBlockingStub(channel);
    this.retries = retries;
    this.clock = clock;
  }

  /// Issues one. Returns within the rules' patience and one try.
  ///
  /// @param request not one that was left open before: that is for [#again]
  public Issued issue(IssueRewardRequest request) {
    IssueRewardRequest same =
        request.hasOpenTime() ? request : request.toBuilder().setOpenTime(now()).build();
    return switch (call(same)) {
      case Retries.Answer.Got<IssueRewardResponse>(var response) -> new Issued.Accepted(response);
      case Retries.Answer.Failed<IssueRewardResponse>(Refusal last, boolean uncertain) ->
          uncertain ? new Issued.Open(same, last) : new Issued.Refused(last);
    };
  }

  /// Issues exactly what was left open, some seconds later. Refused is only what order-center has
  /// refused after it had looked for what the former tries have done; limits, and whatever else is
  /// said before anybody looks, leave it open.
  public Issued again(Issued.Open open) {
    return switch (call(open.again())) {
      case Retries.Answer.Got<IssueRewardResponse>(var response) -> new Issued.Accepted(response);
      case Retries.Answer.Failed<IssueRewardResponse>(Refusal last, boolean uncertain) ->
          uncertain || !last.isOfTheOrder()
              ? new Issued.Open(open.again(), last)
              : new Issued.Refused(last);
    };
  }

  private Retries.Answer<IssueRewardResponse> call(IssueRewardRequest same) {
    return retries.call(left -> within(left).issueReward(same));
  }

  private OrderServiceBlockingStub within(Duration left) {
    Duration each = left.compareTo(EACH) < 0 ? left : EACH;
    return stub.withDeadlineAfter(each.toNanos(), TimeUnit.NANOSECONDS);
  }

  private Timestamp now() {
    Instant now = clock.instant();
    // Whole microseconds: what the ledger keeps.
    return Timestamp.newBuilder()
        .setSeconds(now.getEpochSecond())
        .setNanos(now.getNano() / 1_000 * 1_000)
        .build();
  }
}
