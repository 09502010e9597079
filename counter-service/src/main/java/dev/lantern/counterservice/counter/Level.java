package dev.lantern.counterservice.counter;

/// A counter as one Redis tells it: the exact sum, and how it moves on.
public record Level(long sum, Pace pace) {

  /// A sum at rest.
  public static Level of(long sum) {
    return new Level(sum, Pace.NONE);
  }
}
