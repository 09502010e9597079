package dev.lantern.ordercenter.budget;

import dev.lantern.simulation.ledger.SimLeaseStore;
import dev.lantern.simulation.ledger.Tables;
import org.jspecify.annotations.NullMarked;

/// The simulated store keeps the real one's contract; at once only as a baton lets it.
@NullMarked
final class SimLeaseStoreTest extends LeaseStoreContract {
  private final Tables tables = new Tables();
  private final LeaseStore store = OneAtATime.of(LeaseStore.class, new SimLeaseStore(tables));

  SimLeaseStoreTest() {
    tables.addBudget("main", 1_000);
  }

  @Override
  LeaseStore store() {
    return store;
  }

  @Override
  void close(LeaseId lease, long booked) {
    tables.closeAsIf(lease.value(), booked);
  }
}
