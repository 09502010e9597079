package dev.lantern.simulation.kernel;

/// One life of a process: its actors end with it. A restarted process is another life.
public final class Life {
  private final String name;
  private boolean over;
  private long frozenUntil;
  private long suspendedFrom;
  private long suspendedUntil;
  private long monotonicLost;

  public Life(String name) {
    this.name = name;
  }

  public String name() {
    return name;
  }

  public boolean isOver() {
    return over;
  }

  /// `kill -9`: nothing of it runs any more.
  public void end() {
    over = true;
  }

  /// None of its actors runs before `until`.
  ///
  /// @param suspended the machine sleeps, too: its monotonic clock stands still
  public void freeze(long now, long until, boolean suspended) {
    if (until > frozenUntil) {
      if (suspended) {
        suspendedFrom = Math.max(now, frozenUntil);
        suspendedUntil = until;
        monotonicLost += until - suspendedFrom;
      }
      frozenUntil = until;
    }
  }

  /// Runs again. What is left of a suspension is not lost: a monotonic clock never goes back.
  public void thaw(long now) {
    if (suspendedUntil > now) {
      monotonicLost -= suspendedUntil - Math.max(now, suspendedFrom);
      suspendedUntil = now;
    }
    frozenUntil = Math.min(frozenUntil, now);
  }

  public boolean isFrozen(long now) {
    return frozenUntil > now;
  }

  long frozenUntil() {
    return frozenUntil;
  }

  long monotonicLost() {
    return monotonicLost;
  }
}
