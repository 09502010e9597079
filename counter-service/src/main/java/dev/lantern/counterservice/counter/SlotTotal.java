package dev.lantern.counterservice.counter;

/// What one writer has counted since its epoch began. Never a delta: the same report twice, or an
/// older one after a newer one, says nothing new.
///
/// @param sampledMicros when it was, by a clock of the writer's; [#ON_ARRIVAL] or [#LONG_AGO]
public record SlotTotal(CounterKey counter, String slot, long total, long sampledMicros) {

  /// It was so about when it arrives.
  public static final long ON_ARRIVAL = 0;

  /// It tells nothing about the pace: repair copies it.
  public static final long LONG_AGO = -1;

  public SlotTotal {
    if (slot.isEmpty() || total < 0 || sampledMicros < LONG_AGO) {
      throw new IllegalArgumentException("a slot has a name and a total of zero or more");
    }
  }

  /// A total of long ago.
  public SlotTotal(CounterKey counter, String slot, long total) {
    this(counter, slot, total, LONG_AGO);
  }

  /// The slot of a writer's epoch: `writer#epoch`.
  public static SlotTotal of(CounterKey counter, String writer, long epoch, long total) {
    return new SlotTotal(counter, writer + "#" + epoch, total);
  }

  /// The same, taken at an instant.
  public SlotTotal sampledAt(long micros) {
    return new SlotTotal(counter, slot, total, micros);
  }
}
