package dev.lantern.controlplane.policy;

/// How one limit holds over many gateways.
public enum Sharing {
  /// Each live gateway has an equal part.
  DIVIDED,
  /// One exact count for all.
  EXACT,
  /// One exact count for each calling service.
  BY_CALLER
}
