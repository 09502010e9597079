package dev.lantern.proving.rain;

import java.time.Duration;

/// How long things take: from the number of users and what one small machine can accept.
///
/// @param window in which users begin
/// @param tail for retries before the round closes
/// @param lastTail the same for the last round: with a scarce budget, long enough for leases to
///   come back and the last unit to be issued
record Pace(Duration window, Duration tail, Duration lastTail) {
  /// A campaign takes effect 10 s after it is applied at the earliest.
  static final Duration LEAD = Duration.ofSeconds(13);

  static final Duration INSIDERS = Duration.ofSeconds(4);
  static final Duration GAP = Duration.ofSeconds(1);
  private static final int USERS_PER_SECOND = 100;
  private static final int SCARCE_TAIL_S = 60;

  static Pace of(RainOptions options) {
    int seconds =
        options.roundSeconds() > 0
            ? options.roundSeconds()
            : Math.clamp(options.users() / USERS_PER_SECOND, 5, 120);
    Duration tail = Duration.ofSeconds(Math.clamp(seconds / 3, 4, 15));
    return new Pace(
        Duration.ofSeconds(seconds),
        tail,
        options.scarce() ? Duration.ofSeconds(SCARCE_TAIL_S) : tail);
  }
}
