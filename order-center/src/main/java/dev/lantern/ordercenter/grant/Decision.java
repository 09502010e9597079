package dev.lantern.ordercenter.grant;

import java.time.Duration;

/// What is done after an answer: rule S8 as one pure function.
public sealed interface Decision {
  /// The most that a downstream's own `retry_after` is heeded.
  Duration LONGEST_WISH = Duration.ofMinutes(10);

  /// The order is done.
  record Succeed(String reference) implements Decision {}

  /// The unit comes back and something else is given.
  record Compensate(String detail) implements Decision {}

  /// The same grant, under the same id, after a wait.
  ///
  /// @param unknown whether this try may have been done all the same
  record Again(Duration after, boolean unknown, String detail) implements Decision {}

  /// An operator must look; the promise and its unit stay as they are.
  record Park(String detail) implements Decision {}

  /// How often and how fast a grant is asked for again.
  ///
  /// @param maxTries after so many without a definite answer an operator must look
  record Patience(int maxTries, Duration first, Duration longest) {
    public Patience {
      if (maxTries < 1 || first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
        throw new IllegalArgumentException("tries from 1, waits from above 0 and rising");
      }
    }

    /// The wait after so many tries: doubling from the first, capped, and shortened by up to a half
    /// so that what failed together does not return together.
    ///
    /// @param jitter 0 to 1
    Duration after(int tries, double jitter) {
      long doubled = first.toMillis() << Math.min(Math.max(0, tries - 1), 20);
      long capped = Math.min(doubled, longest.toMillis());
      return Duration.ofMillis(capped - (long) (capped / 2.0 * jitter));
    }
  }

  /// Decides about the answer to a grant's `tries`-th try.
  ///
  /// @param jitter 0 to 1, drawn anew for each
  static Decision of(Answer answer, int tries, Patience patience, double jitter) {
    return switch (answer) {
      case Answer.Granted(String reference) -> new Succeed(reference);
      case Answer.Refused(String detail) -> new Compensate(detail);
      case Answer.Unknown(String detail) -> again(tries, patience, jitter, true, detail);
      // Only asked where an earlier call was not heard of: the same Grant, at once.
      case Answer.NotFound() ->
          again(tries, patience, jitter, false, "NOT_FOUND") instanceof Again(_, _, String detail)
              ? new Again(Duration.ZERO, false, detail)
              : new Park("NOT_FOUND");
      case Answer.Retry(var after, String detail) -> {
        Decision again = again(tries, patience, jitter, false, detail);
        yield again instanceof Again(Duration wait, boolean unknown, String why)
            ? new Again(longer(wait, after.orElse(Duration.ZERO)), unknown, why)
            : again;
      }
    };
  }

  private static Decision again(
      int tries, Patience patience, double jitter, boolean unknown, String detail) {
    return tries >= patience.maxTries()
        ? new Park(detail)
        : new Again(patience.after(tries, jitter), unknown, detail);
  }

  private static Duration longer(Duration wait, Duration wish) {
    Duration heeded = wish.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wish;
    return wait.compareTo(heeded) >= 0 ? wait : heeded;
  }
}
