package dev.lantern.ordercenter.order;

import dev.lantern.order.v1.AwardType;

/// The three families of awards: money, things, and the blessing that costs nothing.
public final class Awards {
  private Awards() {}

  /// A posting into a purse.
  public static boolean isMoney(AwardType type) {
    return type == AwardType.AWARD_TYPE_CASH_RED_PACKET
        || type == AwardType.AWARD_TYPE_VIDEO_SUBSIDY_RED_PACKET;
  }

  /// Handed out by a downstream.
  public static boolean isThing(AwardType type) {
    return switch (type) {
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
          AWARD_TYPE_AVATAR_PENDANT ->
          true;
      case AWARD_TYPE_CASH_RED_PACKET,
          AWARD_TYPE_VIDEO_SUBSIDY_RED_PACKET,
          AWARD_TYPE_MESSAGE,
          AWARD_TYPE_UNSPECIFIED,
          UNRECOGNIZED ->
          false;
    };
  }
}
