package dev.lantern.proving.clientlog;

/// What was called.
public enum Call {
  SESSION,
  GRAB,
  ORDER,
  WALLET,
  FLOWS,
  COUNTER,
  /// A path or method that does not exist.
  UNKNOWN
}
