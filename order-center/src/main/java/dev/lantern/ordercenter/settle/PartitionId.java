package dev.lantern.ordercenter.settle;

import dev.lantern.ordercenter.queue.LogName;

/// One partition of one generation of a lane's accept log.
public record PartitionId(LogName log, int partition) {
  @Override
  public String toString() {
    return log.topic() + "-" + partition;
  }
}
