package dev.lantern.ordercenter.order;

/// What the ledger knows of the lives of Redis A (W2).
@FunctionalInterface
public interface Epochs {
  /// Whether everything accepted before this life began has been booked, so that silence in it
  /// means something.
  boolean isSettled(String epochId);
}
