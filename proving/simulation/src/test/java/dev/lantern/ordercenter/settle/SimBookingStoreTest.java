package dev.lantern.ordercenter.settle;

import dev.lantern.ordercenter.budget.LeaseId;
import dev.lantern.ordercenter.budget.LeaseStore.GrantRequest;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.simulation.ledger.SimBookingStore;
import dev.lantern.simulation.ledger.SimLeaseStore;
import dev.lantern.simulation.ledger.SimOffsetStore;
import dev.lantern.simulation.ledger.Tables;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.NullMarked;

@NullMarked
final class SimBookingStoreTest extends BookingStoreContract {
  private static final Fen SLICE = Fen.of(10_000);

  private final Tables tables = new Tables();
  private final BookingStore store = new SimBookingStore(tables);
  private final OffsetStore offsets = new SimOffsetStore(tables);

  SimBookingStoreTest() {
    tables.addBudget(Given.BUDGET, 100_000);
  }

  @Override
  BookingStore store() {
    return store;
  }

  @Override
  OffsetStore offsets() {
    return offsets;
  }

  @Override
  void lease(long id) {
    var _ =
        new SimLeaseStore(tables)
            .grant(
                new GrantRequest(
                    new LeaseId(id),
                    Given.BUDGET,
                    "test",
                    SLICE,
                    SLICE,
                    4,
                    LOG,
                    Duration.ofSeconds(10)));
  }

  @Override
  void fence(long lease, int partition) {
    tables.fenceAsIf(lease, partition);
  }

  @Override
  long countedOn(long lease) {
    return Objects.requireNonNull(tables.lease(lease)).booked();
  }
}
