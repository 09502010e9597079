package dev.lantern.controlplane.ratelimit.decide;

/// What became of a call under one rule.
public sealed interface Verdict {
  /// It may go on.
  ///
  /// @param remaining about how many more hits fit now
  /// @param emptyMicros when the key's bucket is empty again if nothing more comes
  record Allowed(long remaining, long emptyMicros) implements Verdict {}

  /// It may not.
  ///
  /// @param waitMicros when the same call fits at the earliest
  record Over(long waitMicros, long emptyMicros) implements Verdict {}

  /// Nobody knows: the store did not answer in time, or too many calls wait.
  record Unknown() implements Verdict {
    public static final Unknown INSTANCE = new Unknown();
  }
}
