package dev.lantern.counterservice.read;

import dev.lantern.counterservice.counter.Reading;

/// What a reader is told.
public sealed interface Found {

  /// The counter's last reading, what to show of it now, and how fast that rises.
  record Value(Reading reading, long shown, double rise) implements Found {}

  /// Both Redis were asked and neither knows it.
  record Nothing() implements Found {}

  /// It was never read and cannot be now.
  record Unreachable() implements Found {}

  /// It was read, but did not come up to what the caller has seen elsewhere.
  record Behind() implements Found {}

  /// Too many readers wait already.
  record Crowded() implements Found {}
}
