package dev.lantern.ordercenter.reconcile;

import java.time.Duration;
import java.util.Map;

/// What reconciliation tells those who watch it.
public interface ReconcileWatch {
  /// How far a pass is behind, and how many orders it has just looked at.
  void followed(String pass, Duration lag, long examined);

  /// What a pass came to.
  void recorded(String pass, FindingStore.Recorded recorded);

  /// What is open now.
  void open(Map<Discrepancy, FindingStore.Open> open);

  /// What became of an alarm.
  void alarm(Delivery delivery, String why);

  /// How a try ended.
  enum Delivery {
    SENT,
    FAILED,
    /// Tried for the last time.
    GIVEN_UP
  }
}
