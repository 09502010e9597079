package dev.lantern.ordercenter.sweep;

/// What operations must see of the sweep. Never blocks, never throws.
public interface SweepWatch {
  /// Tokens of orders that were in the books: what a crash left.
  void removed(int tokens);

  /// Promises that were booked, or parked, from their token alone.
  void forced(StoredToken token, Forcing.Outcome outcome);

  /// Entries that are no tokens this code can read; they stay.
  void unreadable(int entries);
}
