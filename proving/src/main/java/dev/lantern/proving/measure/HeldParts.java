package dev.lantern.proving.measure;

import dev.lantern.proving.chaos.Signals;
import java.util.Collection;
import java.util.List;

/// Processes that are held still (SIGSTOP) until this is closed, also if the measuring is broken
/// off.
final class HeldParts implements AutoCloseable {
  private final List<Long> pids;
  private final Thread onInterrupt = new Thread(this::letGo);

  private HeldParts(Collection<Long> pids) {
    this.pids = List.copyOf(pids);
  }

  static HeldParts hold(Collection<Long> pids) {
    var held = new HeldParts(pids);
    Runtime.getRuntime().addShutdownHook(held.onInterrupt);
    held.pids.forEach(Signals::stop);
    return held;
  }

  @Override
  public void close() {
    letGo();
    try {
      Runtime.getRuntime().removeShutdownHook(onInterrupt);
    } catch (IllegalStateException e) {
      // Ending already: the hook does the same.
    }
  }

  /// Lets them go on, now.
  void letGo() {
    pids.forEach(Signals::goOn);
  }
}
