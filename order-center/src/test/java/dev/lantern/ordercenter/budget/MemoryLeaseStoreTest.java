package dev.lantern.ordercenter.budget;

final class MemoryLeaseStoreTest extends LeaseStoreContract {
  private final MemoryLeaseStore store = new MemoryLeaseStore();

  @Override
  LeaseStore store() {
    store.budget("main", 1_000);
    return store;
  }

  @Override
  void close(LeaseId lease, long booked) {
    store.close(lease, booked);
  }
}
