package dev.lantern.counterservice.counter;

/// A counter of a lane; `lane` is the number of `lantern.common.v1.Lane`. The name's shape is the
/// contract's duty, checked at the entry.
public record CounterKey(int lane, String name) {

  public CounterKey {
    if (lane < 1 || name.isEmpty()) {
      throw new IllegalArgumentException("a counter has a lane and a name");
    }
  }
}
