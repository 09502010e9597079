package dev.lantern.ordercenter.sweep;

/// Tells nobody.
public final class SilentSweepWatch implements SweepWatch {
  @Override
  public void removed(int tokens) {}

  @Override
  public void forced(StoredToken token, Forcing.Outcome outcome) {}

  @Override
  public void unreadable(int entries) {}
}
