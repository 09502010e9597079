package dev.lantern.ordercenter.settle;

import java.util.List;

/// The step of a partition's offset that a group's transaction takes: from the first record not yet
/// booked to the one after the group's last.
///
/// @param drained rows of the inbox that leave it in the same transaction (S6); none for a topic's
public record Advance(Claim claim, long from, long to, List<InboxKey> drained) {
  public Advance {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException("an offset only rises: " + from + " to " + to);
    }
    drained = List.copyOf(drained);
  }

  public Advance(Claim claim, long from, long to) {
    this(claim, from, to, List.of());
  }
}
