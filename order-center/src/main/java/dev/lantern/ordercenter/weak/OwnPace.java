package dev.lantern.ordercenter.weak;

import java.util.function.BooleanSupplier;

/// Work that goes at its own pace, users waiting for none of it: a switch that is off lets it stand
/// where it is, and it goes on from there.
public final class OwnPace {
  private OwnPace() {}

  /// The turn, taken only while it may be; asked before each.
  public static Runnable during(BooleanSupplier on, Runnable turn) {
    return () -> {
      if (on.getAsBoolean()) {
        turn.run();
      }
    };
  }
}
