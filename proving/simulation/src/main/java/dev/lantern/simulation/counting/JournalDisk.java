package dev.lantern.simulation.counting;

import dev.lantern.sdk.counter.Journal;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A writer's journal on its machine's disk: files outlive the process. What was not written back
/// does not outlive the machine.
public final class JournalDisk implements Journal {
  private final TreeMap<File, MemorySegment> files = new TreeMap<>();
  private Map<File, Long> writtenBack = Map.of();
  private boolean goingOn;

  /// A counter's file.
  record File(String counter, long epoch) implements Comparable<File> {
    @Override
    public int compareTo(File other) {
      int byCounter = counter.compareTo(other.counter);
      return byCounter != 0 ? byCounter : Long.compare(epoch, other.epoch);
    }
  }

  /// A counter has one file, whichever life writes it.
  void goOnInOldFiles() {
    goingOn = true;
  }

  /// The machine writes back what it holds.
  void writeBack() {
    writtenBack = totals();
  }

  /// The machine dies and comes back.
  void loseWhatWasNotWrittenBack() {
    files.clear();
    writtenBack.forEach((file, total) -> {
      MemorySegment memory = fresh();
      memory.set(ValueLayout.JAVA_LONG, 0, total);
      files.put(file, memory);
    });
  }

  /// What each file holds.
  Map<File, Long> totals() {
    Map<File, Long> totals = new TreeMap<>();
    files.forEach((file, memory) -> totals.put(file, total(memory)));
    return totals;
  }

  @Override
  public List<Left> left() {
    List<Left> left = new ArrayList<>();
    if (goingOn) {
      return left;
    }
    totals().forEach((file, total) -> left.add(new Left(file.counter(), file.epoch(), total)));
    return left;
  }

  @Override
  public MemorySegment begin(String counter, long epoch) {
    File file = new File(counter, goingOn ? 1 : epoch);
    MemorySegment memory = files.get(file);
    if (memory == null || !goingOn) {
      memory = fresh();
      files.put(file, memory);
    }
    return memory;
  }

  @Override
  public void forget(Left left) {
    files.remove(new File(left.counter(), left.epoch()));
  }

  @Override
  public void close() {}

  private static MemorySegment fresh() {
    return MemorySegment.ofArray(new long[(int) (Journal.BYTES / Long.BYTES)]);
  }

  private static long total(MemorySegment memory) {
    long total = 0;
    for (long at = 0; at < Journal.BYTES; at += Long.BYTES) {
      total += memory.get(ValueLayout.JAVA_LONG, at);
    }
    return total;
  }
}
