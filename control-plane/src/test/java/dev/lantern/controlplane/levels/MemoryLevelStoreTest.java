package dev.lantern.controlplane.levels;

import dev.lantern.controlplane.audit.AuditStore;
import dev.lantern.controlplane.switches.SwitchStore;

final class MemoryLevelStoreTest extends LevelStoreContract {
  private final MemoryLevels memory = new MemoryLevels();

  @Override
  LevelStore levels() {
    return memory;
  }

  @Override
  SwitchStore switches() {
    return memory;
  }

  @Override
  AuditStore audit() {
    return memory;
  }
}
