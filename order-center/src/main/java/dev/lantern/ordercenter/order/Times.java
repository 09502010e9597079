package dev.lantern.ordercenter.order;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Instants between the wire and rows: to the microsecond, so that a token signed again over a
/// row's values has the same bytes.
public final class Times {
  private Times() {}

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
