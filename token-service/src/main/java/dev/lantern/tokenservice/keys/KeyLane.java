package dev.lantern.tokenservice.keys;

import java.util.Arrays;

/// Whose traffic a key signs for. Lanes have keys of their own, so that a trial's signature is
/// worth nothing to real money.
public enum KeyLane {
  LIVE("live"),
  STRESS("stress");

  private final String word;

  KeyLane(String word) {
    this.word = word;
  }

  /// How the lane is written in contexts, key ids, file names and session claims.
  public String word() {
    return word;
  }

  /// The lane that is written so.
  ///
  /// @throws IllegalArgumentException when none is
  public static KeyLane of(String word) {
    return Arrays.stream(values())
        .filter(lane -> lane.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no lane " + word));
  }
}
