package dev.lantern.ordercenter.order;

/// Each rule holds when an order is accepted by itself.
final class AcceptTest extends AcceptRules {
  AcceptTest() {
    super(new AcceptWorld());
  }
}
