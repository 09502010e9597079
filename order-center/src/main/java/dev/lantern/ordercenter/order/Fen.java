package dev.lantern.ordercenter.order;

/// An amount of money in fen, never negative; sums that overflow are refused, never wrapped.
public record Fen(long value) implements Comparable<Fen> {
  public static final Fen ZERO = new Fen(0);

  public Fen {
    if (value < 0) {
      throw new IllegalArgumentException("an amount is never negative: " + value);
    }
  }

  public static Fen of(long value) {
    return value == 0 ? ZERO : new Fen(value);
  }

  public Fen plus(Fen other) {
    return of(Math.addExact(value, other.value));
  }

  public boolean isZero() {
    return value == 0;
  }

  @Override
  public int compareTo(Fen other) {
    return Long.compare(value, other.value);
  }
}
