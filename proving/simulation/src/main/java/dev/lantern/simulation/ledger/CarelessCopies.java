package dev.lantern.simulation.ledger;

import dev.lantern.ordercenter.budget.LeaseState;
import dev.lantern.ordercenter.closing.LeaseClosingStore;
import dev.lantern.ordercenter.settle.BookingStore;
import dev.lantern.ordercenter.settle.Books;
import dev.lantern.ordercenter.settle.Effects;
import dev.lantern.ordercenter.settle.FundLimits;
import dev.lantern.ordercenter.settle.LogRecord;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/// Stores that leave out one condition each of what is done with copies, and with leases whose log
/// is gone.
public final class CarelessCopies {
  private CarelessCopies() {}

  /// Nothing is looked for, and whatever is there is written over.
  public static BookingStore blind(Tables tables, FundLimits limits) {
    return new SimBookingStore(tables, limits) {
      @Override
      public Books lookUp(Collection<? extends LogRecord> records) {
        return new Books(Map.of(), Set.of());
      }

      @Override
      boolean isThere(Effects effects) {
        return false;
      }
    };
  }

  /// Copies count wherever they say.
  public static BookingStore onFenced(Tables tables, FundLimits limits) {
    return new SimBookingStore(tables, limits) {
      @Override
      boolean isFenced(Effects effects) {
        return false;
      }
    };
  }

  /// Leases of a log that is gone are closed as if it had been read to its end.
  public static LeaseClosingStore closingVanished(Tables tables) {
    return new SimClosingStore(tables) {
      @Override
      public long freeze(String log) {
        for (Lease lease : tables.leases.values()) {
          boolean going = lease.state == LeaseState.OPEN || lease.state == LeaseState.CLOSING;
          if (going && lease.log.equals(log)) {
            lease.state = LeaseState.CLOSING;
            lease.seq++;
            lease.parts.forEach(part -> part.fenced = true);
          }
        }
        return 0;
      }
    };
  }
}
