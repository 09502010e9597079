package dev.lantern.ordercenter.settle;

import dev.lantern.common.v1.Lane;

/// A row of `queue_offsets`, as it was read.
///
/// @param owner empty when nobody books the partition
/// @param seq moves with every booking and while the owner idles
public record OffsetRow(
    Lane lane, String topicId, int partition, long nextOffset, String owner, long epoch, long seq) {
  public static final String NOBODY = "";

  public boolean isOf(String worker) {
    return owner.equals(worker);
  }

  public boolean isFree() {
    return owner.equals(NOBODY);
  }

  /// What names the row, whatever it holds.
  public Key key() {
    return new Key(topicId, partition);
  }

  /// Names a row within a lane.
  public record Key(String topicId, int partition) {}
}
