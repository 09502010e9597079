package dev.lantern.ordercenter.inquiry;

import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Refused;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Where an order stands in its user's list, before and after it is booked; newest first.
record OrderPlace(Instant acceptedAt, String orderNo) implements Comparable<OrderPlace> {
  private static final Comparator<OrderPlace> NEWEST_FIRST =
      Comparator.comparing(OrderPlace::acceptedAt).thenComparing(OrderPlace::orderNo).reversed();
  private static final long MICROS_MAX = 253_402_300_799_999_999L; // the end of the year 9999

  @Override
  public int compareTo(OrderPlace other) {
    return NEWEST_FIRST.compare(this, other);
  }

  boolean isAfter(OrderPlace other) {
    return compareTo(other) > 0;
  }

  String token(String list) {
    return Cursor.write(
        list, Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, acceptedAt)), orderNo);
  }

  static Optional<OrderPlace> read(String list, String token) {
    return Cursor.read(list, token, 2).map(OrderPlace::of);
  }

  private static OrderPlace of(List<String> parts) {
    try {
      long micros = Long.parseLong(parts.getFirst());
      if (micros >= 0 && micros <= MICROS_MAX) {
        return new OrderPlace(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), parts.getLast());
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw Refused.of(Reason.REASON_INVALID_FIELD, "not a page token of this list")
        .field("page_token");
  }
}
