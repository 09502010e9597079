package dev.lantern.sdk.settle;

import dev.lantern.order.v1.AccountingServiceGrpc;
import dev.lantern.order.v1.AccountingServiceGrpc.AccountingServiceBlockingStub;
import dev.lantern.order.v1.ForceSettleRequest;
import dev.lantern.order.v1.ForceSettleResponse;
import dev.lantern.sdk.call.Retries;
import io.grpc.Channel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Settles one user now, before something that needs the whole balance in the ledger. Safe to
/// repeat: each order is booked once, whoever comes first. Safe for use by many threads.
public final class Settlement {
  private static final Duration EACH = Duration.ofSeconds(2);

  private final AccountingServiceBlockingStub stub;
  private final Retries retries;

  public Settlement(Channel channel, Retries retries) {
    this.stub = AccountingServiceGrpc.newBlockingStub(channel);
    this.retries = retries;
  }

  /// Books what the user was promised and is not booked yet. What stays is in `remaining`, with its
  /// reason; a failure leaves booked what was.
  ///
  /// @param activityId only of this parent activity; empty: of all
  public Retries.Answer<ForceSettleResponse> force(long actId, String activityId) {
    ForceSettleRequest request =
        ForceSettleRequest.newBuilder().setActId(actId).setActivityId(activityId).build();
    return retries.call(left -> {
      Duration each = left.compareTo(EACH) < 0 ? left : EACH;
      return stub.withDeadlineAfter(each.toNanos(), TimeUnit.NANOSECONDS).forceSettle(request);
    });
  }
}
