package dev.lantern.ordercenter.closing;

import dev.lantern.ordercenter.settle.Claim;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// The ledger as closers see it. Each call is one statement or one transaction, conditional on what
/// it changes, so that any number of closers may run; bounded by the database's limits.
public interface LeaseClosingStore {
  /// Leases that are OPEN or CLOSING, oldest first.
  List<UnclosedLease> unclosed(int limit);

  /// OPEN → CLOSING, unless its seq has moved since it was read.
  boolean markClosing(UnclosedLease seen);

  /// Stores where each partition of a log ended for those of these leases that have no end yet.
  ///
  /// @param ends by partition, read after the wait of every one of the leases
  void storeEnds(Collection<Long> leases, long[] ends);

  /// Fences a lease that no queue stands behind.
  void fenceDirect(long lease);

  /// FROZEN leases whose presentation window was ended, oldest first (L7).
  List<UnclosedLease> windowEnded(int limit);

  /// Fences a FROZEN lease whose window was ended, in every partition.
  void fenceWithoutEnd(long lease);

  /// CLOSING, or FROZEN and its window ended, → CLOSED and its rest back to the budget, in one
  /// transaction that finds every partition fenced.
  ///
  /// @return units returned; -1 when the lease had changed
  long close(UnclosedLease lease);

  /// OPEN or CLOSING → FROZEN for every lease of a log that has vanished (L7).
  long freeze(String log);

  /// Leases whose queue end the booking of `worker`'s partitions has passed, by partition.
  Map<Claim, List<Long>> passed(Collection<Claim> claims);

  /// Fences leases in a partition, in a transaction that holds the partition's row under this epoch
  /// and finds their ends passed; for the inbox's partitions one that finds no row of the lease
  /// left, and after which none is inserted.
  ///
  /// @return how many were fenced; -1 when the claim is not ours any more
  long fence(Claim claim, Collection<Long> leases);
}
