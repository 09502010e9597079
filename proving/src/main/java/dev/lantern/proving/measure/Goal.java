package dev.lantern.proving.measure;

/// What a ratio is wished to be.
public record Goal(Bound bound, double ratio) {
  /// From which side.
  public enum Bound {
    AT_MOST("<="),
    AT_LEAST(">=");

    private final String sign;

    Bound(String sign) {
      this.sign = sign;
    }

    String sign() {
      return sign;
    }
  }

  static Goal atMost(double ratio) {
    return new Goal(Bound.AT_MOST, ratio);
  }

  static Goal atLeast(double ratio) {
    return new Goal(Bound.AT_LEAST, ratio);
  }

  /// A ratio that is no number meets nothing.
  boolean isMetBy(double measured) {
    return switch (bound) {
      case AT_MOST -> measured <= ratio;
      case AT_LEAST -> measured >= ratio;
    };
  }
}
