package dev.lantern.ordercenter.reconcile;

/// Another process makes the passes now; nothing of the transaction was committed.
public final class LeadershipLost extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Thrown by stores alone.
  public LeadershipLost() {
    super("another process reconciles now", null, false, false);
  }
}
