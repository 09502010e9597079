package dev.lantern.counterservice.replica;

class MemoryReplicaTest extends CounterReplicaContract {

  private final MemoryReplica replica = new MemoryReplica();

  @Override
  CounterReplica replica() {
    return replica;
  }

  @Override
  int lane() {
    return 1;
  }
}
