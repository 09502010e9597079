package dev.lantern.counterservice.counter;

/// What one writer has counted since its epoch began. Never a delta: the same report twice, or an
/// older one after a newer one, says nothing new.
public record SlotTotal(CounterKey counter, String slot, long total) {

  public SlotTotal {
    if (slot.isEmpty() || total < 0) {
      throw new IllegalArgumentException("a slot has a name and a total of zero or more");
    }
  }

  /// The slot of a writer's epoch: `writer#epoch`.
  public static SlotTotal of(CounterKey counter, String writer, long epoch, long total) {
    return new SlotTotal(counter, writer + "#" + epoch, total);
  }
}
