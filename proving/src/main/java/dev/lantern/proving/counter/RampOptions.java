package dev.lantern.proving.counter;

/// A ramp.
///
/// @param seconds how long it lasts
/// @param rate how many all writers together count a second at the beginning
/// @param growth how many more each second
/// @param writers how many processes
public record RampOptions(int seconds, int rate, int growth, int writers) {

  public RampOptions {
    if (seconds < 6 || rate < 0 || growth < 0 || rate + growth < 1) {
      throw new IllegalArgumentException("a ramp lasts six seconds at least, and rises");
    }
    if (writers < 1 || writers > 8) {
      throw new IllegalArgumentException("1 to 8 writers");
    }
  }
}
