package dev.lantern.ordercenter.reissue;

import dev.lantern.order.v1.AwardType;
import dev.lantern.ordercenter.order.OrderNo;
import java.time.Instant;
import java.util.Optional;

/// One row of a reissue: an order, and what is paid for it.
///
/// @param rowNo from 1 on
/// @param entitled a new entitlement: nobody but this row knows its number
/// @param requestedFen what the order's caller had asked for; 0 when the server drew
public record Payment(
    int rowNo,
    OrderNo orderNo,
    boolean entitled,
    String childActivityId,
    AwardType given,
    String rewardId,
    String title,
    String budgetId,
    long amountFen,
    long requestedFen) {

  /// How far a row has come.
  ///
  /// @param bookedAt when it was booked by its reissue
  public record Result(Payment payment, State state, String note, Optional<Instant> bookedAt) {}

  /// Numbered as the contract's `ReissueRowState`.
  public enum State {
    PENDING(1),
    PAID(2),
    ALREADY_BOOKED(3),
    REFUSED(4);

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
