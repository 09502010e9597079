package dev.lantern.sdk.wallet;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The booked side, read in consistent snapshots of the primary.
@FunctionalInterface
public interface Ledger {
  /// Runs `read` over one snapshot that begins after this call does. Throws the store's exception
  /// when the ledger is down or late: without the ledger there is no wallet.
  <T> T inSnapshot(Function<Snapshot, T> read);

  /// Everything here is as of one instant.
  interface Snapshot {
    /// The stored balances of the key, one a purse.
    List<Booked> booked(WalletKey key);

    /// What waits in the ledger, summed by purse: PARKED and RETRYING orders, open conflicts.
    List<Waiting> waiting(WalletKey key);

    /// The user's inbox rows of this child, in the order of their arrival.
    Inbox inbox(WalletKey key);

    /// Which of these numbers have a row in `orders` that stands for them, whatever its state.
    Set<String> handled(long actId, Collection<String> orderNos);

    /// Whether settlement has passed the queue ends that were read after this epoch began.
    boolean settled(int lane, String epochId);

    /// Rows of `orders` and `conflicts` with an amount, newest first, those after `after` alone.
    List<Flow> flows(WalletKey key, Optional<FlowPosition> after, int limit);
  }

  /// Inbox rows; not whole when one could not be read or there were too many.
  record Inbox(List<Promise> promises, boolean whole) {
    public static final Inbox EMPTY = new Inbox(List.of(), true);

    public Inbox {
      promises = List.copyOf(promises);
    }
  }

  /// A stored balance.
  record Booked(Purse purse, long bookedFen, long heldFen, long incomeFen) {}

  /// Rows that wait, of one purse.
  record Waiting(Purse purse, long amountFen, int count) {}
}
