package dev.lantern.proving.rain;

/// The rain's draw table: mostly a little, sometimes a lot.
final class DrawnAmounts {
  static final String TABLE =
      "{table: [{min_fen: 1, max_fen: 20, weight: 9}, {min_fen: 100, max_fen: 200, weight: 1}]}";
  static final long MOST_FEN = 200;
  static final long MEAN_FEN = 25;

  private DrawnAmounts() {}
}
