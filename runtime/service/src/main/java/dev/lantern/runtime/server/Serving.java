package dev.lantern.runtime.server;

/// What a process does once it has started, until it is told to end.
@FunctionalInterface
public interface Serving {
  /// Waits until it has ended.
  void await() throws InterruptedException;
}
