package dev.lantern.ordercenter.inquiry;

import dev.lantern.common.v1.Reason;
import dev.lantern.order.v1.ListOrdersRequest;
import dev.lantern.order.v1.ListOrdersResponse;
import dev.lantern.ordercenter.order.OrderListing;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.runtime.identity.RequestContext;
import java.util.Optional;

/// [OrderListing] over [OrderList]: whose orders may be read, and what is told.
public final class OrderInquiry implements OrderListing {
  private static final String TOKENS = "tokens";

  private final OrderList orders;
  private final Inspection inspection;

  public OrderInquiry(OrderList orders, Inspection inspection) {
    this.orders = orders;
    this.inspection = inspection;
  }

  @Override
  public ListOrdersResponse list(ListOrdersRequest request, RequestContext context) {
    OrderScope scope =
        new OrderScope(
            whose(request, context), request.getActivityId(), request.getChildActivityId());
    Optional<OrderPlace> after = OrderPlace.read(scope.list(), request.getPageToken());
    inspection.note(context, "orders.list", scope.actId(), scope.list(), request.getReason());
    OrderList.Page page =
        orders.page(context.lane(), scope, after, PageSize.of(request.getPageSize()));
    ListOrdersResponse.Builder response = ListOrdersResponse.newBuilder();
    page.orders().forEach(listed -> response.addOrders(listed.order()));
    page.next().ifPresent(place -> response.setNextPageToken(place.token(scope.list())));
    if (!page.complete()) {
      response.addDegradedSources(TOKENS);
    }
    return response.build();
  }

  private static long whose(ListOrdersRequest request, RequestContext context) {
    if (context.user().isPresent()) {
      long own = context.user().get().actId();
      if (request.getActId() != 0 && request.getActId() != own) {
        throw Refused.of(Reason.REASON_NOT_YOURS, "the orders are another user's").field("act_id");
      }
      return own;
    }
    if (request.getActId() == 0) {
      throw Refused.of(Reason.REASON_INVALID_FIELD, "whose orders?").field("act_id");
    }
    return request.getActId();
  }
}
