package dev.lantern.ordercenter.order;

import dev.lantern.ordercenter.queue.LogName;

/// How an instance takes one order, given which of its weak dependencies it goes without.
///
/// @param claims whether claims and tokens are kept in Redis. Without them ONCE rests on the
///   ledger's unique key, so the order goes to the inbox or is booked in the call (A4)
/// @param log where the record goes, and which leases its unit may come from (L1)
public record Mode(boolean claims, LogName log) {
  public Mode {
    if (!claims && log.kind() == LogName.Kind.KAFKA) {
      throw new IllegalArgumentException("without claims only the ledger keeps numbers apart");
    }
  }
}
