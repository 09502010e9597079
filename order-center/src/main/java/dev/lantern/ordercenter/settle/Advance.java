package dev.lantern.ordercenter.settle;

/// The step of a partition's offset that a group's transaction takes: from the first record not yet
/// booked to the one after the group's last.
public record Advance(Claim claim, long from, long to) {
  public Advance {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException("an offset only rises: " + from + " to " + to);
    }
  }
}
