package dev.lantern.controlplane.diff;

/// How something differs.
public enum Change {
  ADDED,
  REMOVED,
  CHANGED
}
