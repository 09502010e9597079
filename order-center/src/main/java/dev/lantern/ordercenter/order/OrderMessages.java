package dev.lantern.ordercenter.order;

import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.order.v1.Order;
import dev.lantern.order.v1.OrderState;

/// An order as its owner may see it, whichever store it was found in.
public final class OrderMessages {
  private OrderMessages() {}

  /// One in the books.
  public static Order of(OrderRow row) {
    Order.Builder order =
        Order.newBuilder()
            .setOrderNo(row.orderNo().text())
            .setState(row.told())
            .setAward(row.outcome().toAward())
            .setActivityId(row.activityId())
            .setStage(row.orderNo().stage())
            .setSceneId(row.orderNo().round().sceneId())
            .setRainId(row.orderNo().round().rainId())
            .setOpenTime(Times.toProto(row.openTime()));
    row.bookedAt().map(Times::toProto).ifPresent(order::setBookTime);
    row.parkReason().ifPresent(order::setParkReason);
    return order.build();
  }

  /// One that is promised.
  public static Order of(AcceptedOrder record) {
    return Order.newBuilder()
        .setOrderNo(record.getOrderNo())
        .setState(OrderState.ORDER_STATE_PROCESSING)
        .setAward(record.getOutcome().getAward())
        .setActivityId(record.getChildActivityId())
        .setStage(record.getStage())
        .setSceneId(record.getSceneId())
        .setRainId(record.getRainId())
        .setOpenTime(record.getOpenTime())
        .build();
  }
}
