package dev.lantern.ordercenter.settle;

import java.time.Duration;
import java.util.List;

/// Sees nothing, but fails the test that meets something unavailable.
public final class SilentWatch implements SettleWatch {
  @Override
  public void booked(PartitionId partition, List<Verdict> verdicts, Duration took) {}

  @Override
  public void lag(PartitionId partition, long records, Duration age) {}

  @Override
  public void unavailable(String what, Exception why) {
    throw new AssertionError(what, why);
  }

  @Override
  public void page(PartitionId partition, String why) {}

  @Override
  public void lost(PartitionId partition) {}
}
