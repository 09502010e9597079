package dev.lantern.ordercenter.order;

import dev.lantern.common.v1.Lane;
import dev.lantern.common.v1.Reason;
import dev.lantern.order.v1.BatchIssueRewardsRequest;
import dev.lantern.order.v1.BatchIssueRewardsResponse;
import dev.lantern.order.v1.GetOrderRequest;
import dev.lantern.order.v1.GetOrderResponse;
import dev.lantern.order.v1.IssueRewardRequest;
import dev.lantern.order.v1.IssueRewardResponse;
import dev.lantern.order.v1.IssueRewardResult;
import dev.lantern.order.v1.ListOrdersRequest;
import dev.lantern.order.v1.ListOrdersResponse;
import dev.lantern.order.v1.Order;
import dev.lantern.order.v1.OrderServiceGrpc;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.runtime.identity.RequestContext;
import dev.lantern.runtime.identity.User;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;

/// The contract `lantern.order.v1.OrderService` over [OrderDesk], [OrderQuery] and [OrderListing].
public final class OrderService extends OrderServiceGrpc.OrderServiceImplBase {
  private final OrderDesk desk;
  private final OrderQuery query;
  private final RewardBatch batch;
  private final OrderListing listing;

  public OrderService(OrderDesk desk, OrderQuery query, Batch sideBySide, OrderListing listing) {
    this.desk = desk;
    this.query = query;
    this.batch = new RewardBatch(desk, sideBySide);
    this.listing = listing;
  }

  @Override
  public void issueReward(
      IssueRewardRequest request, StreamObserver<IssueRewardResponse> observer) {
    Lane lane = RequestContext.current().lane();
    IssueRewardResponse response = Rewards.response(desk.issue(Rewards.ask(request, lane)));
    observer.onNext(response);
    observer.onCompleted();
  }

  @Override
  public void batchIssueRewards(
      BatchIssueRewardsRequest request, StreamObserver<BatchIssueRewardsResponse> observer) {
    Lane lane = RequestContext.current().lane();
    try {
      List<IssueRewardResult> results = batch.issue(request.getRequestsList(), lane);
      observer.onNext(BatchIssueRewardsResponse.newBuilder().addAllResults(results).build());
      observer.onCompleted();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refused.of(Reason.REASON_NOT_SERVING, "the call was interrupted");
    }
  }

  @Override
  public void getOrder(GetOrderRequest request, StreamObserver<GetOrderResponse> observer) {
    OrderNo orderNo =
        OrderNo.parse(request.getOrderNo())
            .orElseThrow(() ->
                Refused.of(Reason.REASON_INVALID_FIELD, "not an order number").field("order_no"));
    RequestContext context = RequestContext.current();
    Optional<User> user = context.user();
    if (user.isPresent() && user.get().actId() != orderNo.actId().value()) {
      throw Refused.of(Reason.REASON_NOT_YOURS, "the order is another user's").field("order_no");
    }
    Order order = query.find(context.lane(), orderNo);
    observer.onNext(GetOrderResponse.newBuilder().setOrder(order).build());
    observer.onCompleted();
  }

  @Override
  public void listOrders(ListOrdersRequest request, StreamObserver<ListOrdersResponse> observer) {
    observer.onNext(listing.list(request, RequestContext.current()));
    observer.onCompleted();
  }
}
