package dev.lantern.sdk.wallet;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Money that was promised under an order number, as a token or an inbox row tells it.
///
/// @param amountFen more than 0: what has no amount is not money and is nobody's promise here
/// @param acceptedAt cut to microseconds, which is what the ledger keeps, so that the order's place
///   among the flows is the same before and after its booking
public record Promise(
    String orderNo, Purse purse, long amountFen, Instant acceptedAt, String title) {
  public Promise {
    if (orderNo.isEmpty()) {
      throw new IllegalArgumentException("a promise has an order number");
    }
    if (amountFen <= 0) {
      throw new IllegalArgumentException("a promise is of an amount");
    }
    acceptedAt = acceptedAt.truncatedTo(ChronoUnit.MICROS);
  }
}
