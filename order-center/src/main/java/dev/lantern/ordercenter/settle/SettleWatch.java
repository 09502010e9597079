package dev.lantern.ordercenter.settle;

import java.time.Duration;
import java.util.List;

/// What operations must see of settlement. Called from booking threads; never blocks, never throws.
public interface SettleWatch {
  /// A group was committed.
  void booked(PartitionId partition, List<Verdict> verdicts, Duration took);

  /// How far the partition is behind.
  ///
  /// @param age of the oldest record that is known not to be booked; zero when there is none
  void lag(PartitionId partition, long records, Duration age);

  /// The store or the queue could not do it now; it will be tried again.
  void unavailable(String what, Exception why);

  /// The partition has stopped, and somebody must look: it never goes on by skipping.
  void page(PartitionId partition, String why);

  /// The partition is not this worker's any more.
  void lost(PartitionId partition);
}
