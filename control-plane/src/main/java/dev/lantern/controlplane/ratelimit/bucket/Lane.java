package dev.lantern.controlplane.ratelimit.bucket;

/// One line of requests to the store: the next is sent when the one before was answered or given
/// up, each with a number of its own, rising. That is what makes a request harmless when it comes
/// twice: the store keeps the number and the answer of the last of each lane, answers the same
/// number the same again, and does nothing for a lower one.
///
/// @param limiter the process, by a name that no other process and no earlier life of it has
public record Lane(String limiter, int number) {
  private static final int LONGEST = 64;

  public Lane {
    if (limiter.isEmpty() || limiter.length() > LONGEST || number < 0) {
      throw new IllegalArgumentException("not a lane: " + limiter + " " + number);
    }
  }
}
