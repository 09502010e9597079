package dev.lantern.cli.stack.supervise;

/// Where a part is in its life.
public enum Phase {
  /// Waits for the parts it needs.
  WAITING,
  /// Unpacks, installs, renders.
  PREPARING,
  /// Runs, does not answer yet.
  STARTING,
  /// Runs and answers its probe.
  READY,
  /// Ended unasked; started again after a pause.
  BACKING_OFF,
  /// Would not start; given up until told to start again.
  FAILED,
  /// Told to stop, still ending.
  STOPPING,
  STOPPED;

  /// Whether a start is still under way.
  public boolean coming() {
    return switch (this) {
      case WAITING, PREPARING, STARTING, BACKING_OFF -> true;
      case READY, FAILED, STOPPING, STOPPED -> false;
    };
  }
}
