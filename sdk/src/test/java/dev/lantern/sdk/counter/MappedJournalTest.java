package dev.lantern.sdk.counter;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class MappedJournalTest extends JournalContract {
  @TempDir private Path folder;

  private @Nullable Journal open;

  @Override
  Journal nextLife() {
    close();
    Journal next = MappedJournal.open(folder, "w");
    open = next;
    return next;
  }

  @AfterEach
  void close() {
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
