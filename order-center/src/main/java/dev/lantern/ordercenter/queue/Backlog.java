package dev.lantern.ordercenter.queue;

/// How far settlement is behind.
@FunctionalInterface
public interface Backlog {
  /// Whether this partition of a log is as long as it may be: nothing more is accepted into it.
  boolean isFull(LogName log, int partition);
}
