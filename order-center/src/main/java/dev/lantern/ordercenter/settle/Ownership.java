package dev.lantern.ordercenter.settle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// Decides which partitions a worker takes and gives up (S1).
///
/// A fair share is the number of partitions divided by the number of live workers, rounded up, so
/// the shares always cover all partitions. A worker takes what nobody owns, or what stands still,
/// until it has its share, and gives up what it has beyond. Two workers that decide at once meet in
/// the row's conditional update: one wins.
///
/// Safety does not rest on any of this: who owns a row is told by its epoch alone, inside every
/// booking transaction.
public final class Ownership {
  private Ownership() {}

  /// What to do now.
  ///
  /// @param take as they were seen, in the order of their partitions
  public record Decision(List<OffsetRow> take, List<OffsetRow> release) {
    public Decision {
      take = List.copyOf(take);
      release = List.copyOf(release);
    }
  }

  /// Decides for the worker `me`.
  ///
  /// @param rows all rows of the lane
  /// @param still the rows that have stood still long enough to be taken over
  /// @param liveWorkers this one included
  public static Decision decide(
      List<OffsetRow> rows, Set<OffsetRow.Key> still, String me, int liveWorkers) {
    int share = fairShare(rows.size(), liveWorkers);
    List<OffsetRow> mine = new ArrayList<>();
    List<OffsetRow> free = new ArrayList<>();
    for (OffsetRow row : inOrder(rows)) {
      if (row.isOf(me)) {
        mine.add(row);
      } else if (row.isFree() || still.contains(row.key())) {
        free.add(row);
      }
    }
    if (mine.size() > share) {
      return new Decision(List.of(), mine.subList(share, mine.size()));
    }
    return new Decision(free.subList(0, Math.min(free.size(), share - mine.size())), List.of());
  }

  public static int fairShare(int partitions, int liveWorkers) {
    return Math.ceilDiv(partitions, Math.max(1, liveWorkers));
  }

  /// By partition first: else one worker would have a whole topic and another the idle inbox.
  private static List<OffsetRow> inOrder(List<OffsetRow> rows) {
    return rows.stream()
        .sorted(Comparator.comparingInt(OffsetRow::partition).thenComparing(OffsetRow::topicId))
        .toList();
  }
}
