package dev.lantern.ordercenter.lane;

import java.time.Instant;
import java.util.Optional;

/// The lane as its row has it.
///
/// @param number of the opening; 0 before the first, and never used twice
/// @param overdue whether its time is over, by the ledger's clock
public record Opening(
    long number,
    State state,
    Optional<Instant> openedAt,
    Optional<Instant> expiresAt,
    boolean overdue) {
  /// Before the first.
  public static final Opening NONE =
      new Opening(0, State.CLEAN, Optional.empty(), Optional.empty(), false);

  /// What the lane is.
  public enum State {
    /// Served.
    OPEN(1),
    /// Not served; traces may be left.
    CLOSED(2),
    /// Not served, and nothing is left.
    CLEAN(3);

    private final int number;

    State(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }

    static State of(int number) {
      for (State state : values()) {
        if (state.number == number) {
          return state;
        }
      }
      throw new IllegalArgumentException("no such state of a lane: " + number);
    }
  }

  boolean open() {
    return state == State.OPEN;
  }
}
