package dev.lantern.sdk.counter;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/// One counter's total, spread over cells a cache line apart, so that threads that add do not wait
/// for each other: what LongAdder does, over memory that may be a mapped file.
///
/// Every cell only grows, so each [#total] is at least the one before it, and at least all that was
/// added before it was begun.
final class Cells {
  static final long BYTES_EACH = 64;
  static final int COUNT = 16;
  static final long BYTES = COUNT * BYTES_EACH;

  private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;
  private static final int TOP_BITS = Long.SIZE - Integer.numberOfTrailingZeros(COUNT);

  private final MemorySegment memory;

  /// @param memory of [#BYTES], aligned to eight
  Cells(MemorySegment memory) {
    if (memory.byteSize() != BYTES) {
      throw new IllegalArgumentException("cells have " + BYTES + " bytes");
    }
    this.memory = memory;
  }

  /// In memory that ends with the process.
  static Cells onHeap() {
    return new Cells(MemorySegment.ofArray(new long[(int) (BYTES / Long.BYTES)]));
  }

  void add(long amount) {
    long cell = (Thread.currentThread().threadId() * SPREAD) >>> TOP_BITS;
    var _ = (long) LONG.getAndAdd(memory, cell * BYTES_EACH, amount);
  }

  long total() {
    long sum = 0;
    for (int cell = 0; cell < COUNT; cell++) {
      sum += (long) LONG.getVolatile(memory, cell * BYTES_EACH);
    }
    return sum;
  }
}
