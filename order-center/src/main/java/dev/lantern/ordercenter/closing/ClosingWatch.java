package dev.lantern.ordercenter.closing;

/// What operations must see of closing. Never blocks, never throws.
public interface ClosingWatch {
  /// A holder went away without a word.
  void foundDead(UnclosedLease lease);

  void fenced(long leases);

  void closed(UnclosedLease lease, long returnedUnits);

  /// Every token of these leases that Redis A held is booked or parked: their window is over (L7).
  void windowSwept(int leases);

  /// A broken invariant: the lease stays as it is until somebody has looked.
  void page(UnclosedLease lease, String why);

  /// The log of these leases is gone: they are FROZEN until an operator ends their presentation
  /// window (L7).
  void frozen(String log, long leases);
}
