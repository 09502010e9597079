package dev.lantern.proving.chaos;

/// What is done to a process, or to the way to it.
public enum Fault {
  /// SIGKILL; the supervisor starts it again.
  KILL,
  /// SIGSTOP, a pause, SIGCONT.
  FREEZE,
  /// SIGTERM, its own orderly end, a new start.
  RESTART,
  /// Its connections end, and new ones are refused; a pause; they are let in again.
  CUT,
  /// What passes is late and little at a time, for a pause.
  SLOW,
  /// Its files may not grow any more (the process's RLIMIT_FSIZE), as on a disk without room, until
  /// it ends of that; the one that the supervisor then starts has room.
  FULL
}
