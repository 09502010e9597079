package dev.lantern.ordercenter.order;

final class MemoryPromisesTest extends PromisesContract {
  private final MemoryPromises promises = new MemoryPromises();

  @Override
  Promises promises() {
    return promises;
  }
}
