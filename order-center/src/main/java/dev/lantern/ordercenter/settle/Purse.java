package dev.lantern.ordercenter.settle;

import dev.lantern.order.v1.AwardType;
import java.util.Optional;

/// Which of a user's purses an award is booked into, numbered as the wallet's contract does.
public enum Purse {
  CASH(1),
  VIDEO_SUBSIDY(2);

  private final int number;

  Purse(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /// The purse of an award, or nothing for what is not booked as money.
  public static Optional<Purse> of(AwardType given) {
    return switch (given) {
      case AWARD_TYPE_CASH_RED_PACKET -> Optional.of(CASH);
      case AWARD_TYPE_VIDEO_SUBSIDY_RED_PACKET -> Optional.of(VIDEO_SUBSIDY);
      case AWARD_TYPE_COMMERCIAL_COUPON,
          AWARD_TYPE_ECOMMERCE_COUPON,
          AWARD_TYPE_PAYMENT_COUPON,
          AWARD_TYPE_CONSUMER_FINANCE_COUPON,
          AWARD_TYPE_INSURANCE_COUPON,
          AWARD_TYPE_CREDIT_CARD_COUPON,
          AWARD_TYPE_DRINK_COUPON,
          AWARD_TYPE_CINEMA_TICKET,
          AWARD_TYPE_PROMOTION_COUPON,
          AWARD_TYPE_CULTURE_COUPON,
          AWARD_TYPE_AVATAR_PENDANT,
          AWARD_TYPE_MESSAGE,
          AWARD_TYPE_UNSPECIFIED,
          UNRECOGNIZED ->
          Optional.empty();
    };
  }
}
