package dev.lantern.controlplane.policy;

import java.time.Duration;

/// So many requests in so long, over all gateways together: `120000/s`.
public record Rate(long count, Duration per) {
  public Rate {
    if (count <= 0 || per.isZero() || per.isNegative()) {
      throw new IllegalArgumentException("a rate is positive");
    }
  }

  /// Reads what a document writes; anything else is a defect of the caller.
  static Rate parse(String text) {
    if (!Shape.PerTime.PATTERN.matcher(text).matches()) {
      throw new IllegalArgumentException(text);
    }
    int slash = text.indexOf('/');
    Duration per =
        switch (text.charAt(slash + 1)) {
          case 's' -> Duration.ofSeconds(1);
          case 'm' -> Duration.ofMinutes(1);
          default -> Duration.ofHours(1);
        };
    return new Rate(Long.parseLong(text.substring(0, slash)), per);
  }

  public double perSecond() {
    return count * 1e9 / per.toNanos();
  }

  @Override
  public String toString() {
    String unit = per.toSeconds() == 1 ? "s" : per.toSeconds() == 60 ? "m" : "h";
    return count + "/" + unit;
  }
}
