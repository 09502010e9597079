package dev.lantern.ordercenter.settle;

import dev.lantern.order.v1.AwardType;
import java.util.Optional;

/// Which of a user's purses an award is booked into, numbered as the wallet's contract does.
public enum Purse {
  CASH(1);

  private final int number;

  Purse(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /// The purse of an award, or nothing for what is not booked as money.
  public static Optional<Purse> of(AwardType given) {
    return given == AwardType.AWARD_TYPE_CASH_RED_PACKET ? Optional.of(CASH) : Optional.empty();
  }
}
