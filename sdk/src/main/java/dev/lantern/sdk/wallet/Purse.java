package dev.lantern.sdk.wallet;

import dev.lantern.order.v1.AwardType;
import java.util.Optional;

/// Where money is kept. The numbers are those of `balances.purse`.
public enum Purse {
  /// Withdrawable.
  CASH(1),
  /// Spendable on red packets only.
  VIDEO_SUBSIDY(2);

  private final int number;

  Purse(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /// The purse with this number; a row with another number is a broken invariant.
  public static Purse ofNumber(int number) {
    for (Purse purse : values()) {
      if (purse.number == number) {
        return purse;
      }
    }
    throw new IllegalStateException("no purse has the number " + number);
  }

  /// The purse an award is booked into; empty for what is not money (coupons, blessings).
  public static Optional<Purse> of(AwardType type) {
    return switch (type) {
      case AWARD_TYPE_CASH_RED_PACKET -> Optional.of(CASH);
      case AWARD_TYPE_VIDEO_SUBSIDY_RED_PACKET -> Optional.of(VIDEO_SUBSIDY);
      case AWARD_TYPE_UNSPECIFIED,
          AWARD_TYPE_COMMERCIAL_COUPON,
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
          UNRECOGNIZED ->
          Optional.empty();
    };
  }
}
