package dev.lantern.ordercenter.reissue;

import java.time.Instant;
import java.util.Optional;

/// A list of payments with who asked for it, who approved it, and what bounds it.
///
/// @param id the digest of what it pays
/// @param activityId the parent
/// @param note why it stands, when it stands
/// @param seq moves while somebody pays its rows
public record Reissue(
    String id,
    String requestId,
    String cause,
    String activityId,
    String reason,
    String note,
    State state,
    Caps caps,
    int rowsPerSecond,
    long rows,
    long amountFen,
    String createdBy,
    Instant createdAt,
    String approvedBy,
    Optional<Instant> approvedAt,
    Optional<Instant> endedAt,
    String owner,
    long epoch,
    long seq) {

  /// The most one row, and all of them, may pay.
  public record Caps(long rowFen, long totalFen) {}

  /// Numbered as the contract's `ReissueState`.
  public enum State {
    CREATED(1),
    RUNNING(2),
    PAUSED(3),
    DONE(4),
    CANCELLED(5);

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
