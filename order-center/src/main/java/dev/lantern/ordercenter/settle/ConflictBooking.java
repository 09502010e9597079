package dev.lantern.ordercenter.settle;

import dev.lantern.stores.sql.Transaction;
import java.time.Instant;
import java.util.Optional;

/// Books a conflict that an operator pays: a posting of its own beside the order's, in the
/// transaction that ends the conflict.
public final class ConflictBooking {
  private ConflictBooking() {}

  /// Writes posting, balance, lease and account.
  ///
  /// @param conflictId tells its posting from the order's
  /// @param countedLease the lease that has counted its unit; 0 when none has
  /// @param chargedLease then: the lease that counts it from now on
  /// @param day what it counts towards; it is not held against it
  /// @throws FencedException when that lease may not be booked on; the transaction must end
  public static void pay(
      Transaction tx,
      Promise promise,
      String conflictId,
      int partition,
      long countedLease,
      long chargedLease,
      Optional<DailyCap> day,
      Instant now) {
    try {
      EffectsWriter.write(
          tx,
          Effects.ofPaidConflict(
              promise, conflictId, partition, countedLease, chargedLease, day, now));
    } catch (LedgerWrites.RolledBack fenced) {
      throw new FencedException();
    }
  }

  /// The lease to be charged is closed, or unknown.
  public static final class FencedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FencedException() {
      super(null, null, false, false);
    }
  }
}
