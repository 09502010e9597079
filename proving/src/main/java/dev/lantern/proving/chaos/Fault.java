package dev.lantern.proving.chaos;

/// What is done to a process.
public enum Fault {
  /// SIGKILL; the supervisor starts it again.
  KILL,
  /// SIGSTOP, a pause, SIGCONT.
  FREEZE
}
