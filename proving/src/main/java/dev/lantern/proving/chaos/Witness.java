package dev.lantern.proving.chaos;

import dev.lantern.proving.rain.Progress;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;

/// Passes a rain's progress on and remembers how things stood last.
final class Witness implements Progress {
  private final Progress to;
  private final AtomicReference<Snapshot> last =
      new AtomicReference<>(new Snapshot(0, 0, 0, Map.of(), 0, OptionalLong.empty(), 0));

  Witness(Progress to) {
    this.to = to;
  }

  Snapshot last() {
    return last.get();
  }

  @Override
  public void phase(String what) {
    to.phase(what);
  }

  @Override
  public void tick(Snapshot snapshot) {
    last.set(snapshot);
    to.tick(snapshot);
  }

  @Override
  public void note(String line) {
    to.note(line);
  }
}
