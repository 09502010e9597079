package dev.lantern.ordercenter.reconcile;

import java.time.Instant;
import java.util.Optional;

/// A discrepancy as it is kept.
///
/// @param closing empty while it is open
/// @param seq moves with every change
public record Finding(
    long id,
    Found found,
    State state,
    Instant firstSeen,
    Instant lastSeen,
    Instant changed,
    Optional<Closing> closing,
    long seq) {

  /// How it came to its end.
  public record Closing(Instant at, String by, String note) {}

  /// Numbered as the contract's `FindingState`.
  public enum State {
    OPEN(1),
    RESOLVED(2),
    CLEARED(3);

    private final int number;

    State(int number) {
      this.number = number;
    }

    public int number() {
      return number;
    }

    static State of(int number) {
      for (State state : values()) {
        if (state.number == number) {
          return state;
        }
      }
      throw new IllegalArgumentException("no state " + number);
    }
  }
}
