package dev.lantern.tokenservice.control;

class MemoryDecisionStoreTest extends DecisionStoreContract {
  private final DecisionStore store = new MemoryDecisionStore();

  @Override
  DecisionStore store() {
    return store;
  }
}
