package dev.lantern.simulation.kernel;

/// Unwinds an actor whose process is gone. An error, so that no code under test catches it.
public final class Crashed extends Error {
  private static final long serialVersionUID = 1L;

  Crashed() {
    super("crashed", null, false, false);
  }
}
