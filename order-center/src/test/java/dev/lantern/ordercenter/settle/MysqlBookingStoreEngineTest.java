package dev.lantern.ordercenter.settle;

import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.SharedEngines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

@Tag("engine")
final class MysqlBookingStoreEngineTest extends BookingStoreContract {
  private final Ledger ledger = Ledger.open(SharedEngines.with(Engine.MARIADB));
  private boolean funded;

  @AfterEach
  void close() {
    ledger.assertConserved();
    ledger.close();
  }

  @Override
  BookingStore store() {
    return new MysqlBookingStore(ledger.database());
  }

  @Override
  OffsetStore offsets() {
    return new MysqlOffsetStore(ledger.database());
  }

  @Override
  void lease(long id) {
    if (!funded) {
      ledger.budget(Given.BUDGET, 100_000);
      funded = true;
    }
    ledger.lease(id, Given.BUDGET, 10_000, LOG, 10_000);
  }

  @Override
  void fence(long lease, int partition) {
    ledger.fence(lease, partition);
  }

  @Override
  long countedOn(long lease) {
    return ledger.booked(lease);
  }
}
