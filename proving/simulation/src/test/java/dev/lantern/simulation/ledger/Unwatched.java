package dev.lantern.simulation.ledger;

import dev.lantern.ordercenter.reconcile.Discrepancy;
import dev.lantern.ordercenter.reconcile.FindingStore;
import dev.lantern.ordercenter.reconcile.ReconcileWatch;
import java.time.Duration;
import java.util.Map;

/// Nobody watches.
final class Unwatched implements ReconcileWatch {
  @Override
  public void followed(String pass, Duration lag, long examined) {}

  @Override
  public void recorded(String pass, FindingStore.Recorded recorded) {}

  @Override
  public void open(Map<Discrepancy, FindingStore.Open> open) {}

  @Override
  public void alarm(Delivery delivery, String why) {}
}
