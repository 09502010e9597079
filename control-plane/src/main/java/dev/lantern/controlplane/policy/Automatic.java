package dev.lantern.controlplane.policy;

import java.time.Duration;

/// When a level is entered and left by itself. Busy is per cent of what services can take; they may
/// be asked for more than all of it.
///
/// @param atLeast never left sooner after it was entered
public record Automatic(
    int enterPercent,
    Duration enterAfter,
    int leavePercent,
    Duration leaveAfter,
    Duration atLeast) {

  static Automatic of(Values values) {
    return new Automatic(
        values.integer("enter"),
        values.span("enter_after"),
        values.integer("leave"),
        values.span("leave_after"),
        values.span("at_least"));
  }
}
