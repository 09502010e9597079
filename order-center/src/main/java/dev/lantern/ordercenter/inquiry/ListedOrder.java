package dev.lantern.ordercenter.inquiry;

import dev.lantern.order.v1.Order;

/// An order and its place in the list.
record ListedOrder(OrderPlace place, Order order) {
  String orderNo() {
    return place.orderNo();
  }
}
