package dev.lantern.walletapi.wallet;

import dev.lantern.order.v1.AccountingServiceGrpc;
import dev.lantern.order.v1.EnterTokensRequest;
import dev.lantern.order.v1.EnteredToken;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.walletapi.Downstream;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// [Copies] handed on to order-center, which verifies and books them.
public final class OrderCenterCopies implements Copies {
  private final AccountingServiceGrpc.AccountingServiceBlockingStub stub;
  private final Duration deadline;

  public OrderCenterCopies(Channel channel, Duration deadline) {
    this.stub = AccountingServiceGrpc.newBlockingStub(channel);
    this.deadline = deadline;
  }

  @Override
  public List<EnteredToken> enter(long actId, List<SignedToken> tokens) {
    EnterTokensRequest request =
        EnterTokensRequest.newBuilder().setActId(actId).addAllTokens(tokens).build();
    try {
      return stub.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)
          .enterTokens(request)
          .getTokensList();
    } catch (StatusRuntimeException failure) {
      throw Downstream.refusal(failure, "order-center");
    }
  }
}
