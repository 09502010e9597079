package dev.lantern.ordercenter.operator;

/// What came of a request.
public sealed interface Answer {
  /// It is done.
  ///
  /// @param replayed it was done before; the figures are those of then
  record Done(long first, long second, boolean replayed) implements Answer {}

  /// Its id was used for another request before; nothing was done.
  record Reused() implements Answer {}
}
