package dev.lantern.controlplane.policy;

import java.time.Duration;

/// Durations as documents write them.
public final class Spans {
  private Spans() {}

  /// Reads what a document writes; anything else is a defect of the caller.
  static Duration parse(String text) {
    if (!Shape.Span.PATTERN.matcher(text).matches()) {
      throw new IllegalArgumentException(text);
    }
    int digits = text.endsWith("ms") ? text.length() - 2 : text.length() - 1;
    long amount = Long.parseLong(text.substring(0, digits));
    return switch (text.substring(digits)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }

  /// In the largest unit that divides it: `2s`, `1500ms`, `1h`.
  public static String text(Duration span) {
    long millis = span.toMillis();
    if (millis != 0 && millis % 3_600_000 == 0) {
      return millis / 3_600_000 + "h";
    }
    if (millis != 0 && millis % 60_000 == 0) {
      return millis / 60_000 + "m";
    }
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }
}
