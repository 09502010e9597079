package dev.lantern.ordercenter.present;

import dev.lantern.ordercenter.settle.Promise;

/// What has become of a token that was handed in.
public sealed interface Presented {
  /// In the books, by this call.
  record Booked(Promise promise) implements Presented {}

  /// In the books before.
  record Known(Promise promise) implements Presented {}

  /// In the server's own token map: booked by itself.
  record Kept(Promise promise) implements Presented {}

  /// In the books as an order that waits for an operator, by this call.
  record Parked(Promise promise) implements Presented {}

  /// Good, and not booked now.
  record Outstanding(Promise promise, String why) implements Presented {}

  /// Perhaps good: what it promises, or whether it holds, cannot be made out here yet.
  ///
  /// @param orderNo empty where that is not known either
  record NotRead(String orderNo, String why) implements Presented {}

  /// Nothing is owed for it.
  record Refused(String problem) implements Presented {}
}
