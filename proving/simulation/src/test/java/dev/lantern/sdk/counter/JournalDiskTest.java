package dev.lantern.sdk.counter;

import dev.lantern.simulation.counting.JournalDisk;
import org.jspecify.annotations.NullMarked;

@NullMarked
final class JournalDiskTest extends JournalContract {
  private final JournalDisk disk = new JournalDisk();

  @Override
  Journal nextLife() {
    return disk;
  }
}
