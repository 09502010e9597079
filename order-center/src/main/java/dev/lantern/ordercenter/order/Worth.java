package dev.lantern.ordercenter.order;

/// What a promise is worth, as far as promises of one order number must be told apart: which of two
/// a user must not lose.
///
/// Money goes by its amount; a MESSAGE is worth nothing. A thing has no amount to compare: between
/// two outcomes of one number of which one is a thing, the main reward is worth more than its
/// fallback, and a thing more than a MESSAGE.
public record Worth(Fen amount, boolean thing, boolean fallback) {
  public boolean isMoreThan(Worth other) {
    if (!thing && !other.thing) {
      return amount.compareTo(other.amount) > 0;
    }
    if (fallback != other.fallback) {
      return !fallback;
    }
    return thing && other.isNothing();
  }

  private boolean isNothing() {
    return !thing && amount.isZero();
  }
}
