package dev.lantern.ordercenter.order;

import com.google.protobuf.Timestamp;
import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Refused;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Instants between the wire and rows: to the microsecond, so that a token signed again over a
/// row's values has the same bytes.
public final class Times {
  /// The years 1 to 9999: what protobuf and `datetime` know.
  private static final long FIRST_SECOND = -62_135_596_800L;

  private static final long LAST_SECOND = 253_402_300_799L;
  private static final int LAST_NANO = 999_999_999;

  private Times() {}

  /// A time out of a request; one that is none is refused under its field's name.
  public static Instant asked(Timestamp timestamp, String field) {
    if (timestamp.getSeconds() < FIRST_SECOND
        || timestamp.getSeconds() > LAST_SECOND
        || timestamp.getNanos() < 0
        || timestamp.getNanos() > LAST_NANO) {
      throw Refused.of(Reason.REASON_INVALID_FIELD, field + ": not a time").field(field);
    }
    return toInstant(timestamp);
  }

  public static Timestamp toProto(Instant instant) {
    Instant exact = toMicros(instant);
    return Timestamp.newBuilder()
        .setSeconds(exact.getEpochSecond())
        .setNanos(exact.getNano())
        .build();
  }

  public static Instant toInstant(Timestamp timestamp) {
    return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
  }

  public static Instant toMicros(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS);
  }
}
