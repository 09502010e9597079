package dev.lantern.simulation.kernel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// What happened, step by step: a hash over all of it, the number of steps, and, when recording,
/// the last lines in words.
public final class Trace {
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final double NANOS_A_SECOND = 1e9;

  private final int keep;
  private final Deque<String> tail = new ArrayDeque<>();
  private long hash = 0xcbf29ce484222325L;
  private long steps;

  /// @param keep how many lines to remember; 0: none, which is faster
  public Trace(int keep) {
    this.keep = keep;
  }

  public boolean isRecording() {
    return keep > 0;
  }

  /// A step of the run.
  public void step(long nanos, String who, String what, String how) {
    steps++;
    mix(nanos);
    mix(who.hashCode());
    mix(what.hashCode());
    mix(how.hashCode());
    if (keep > 0) {
      note(nanos, who, what, how);
    }
  }

  /// A line that is no step.
  public void note(long nanos, String who, String what, String how) {
    if (keep == 0) {
      return;
    }
    if (tail.size() == keep) {
      tail.removeFirst();
    }
    tail.addLast("%10.4f  %-12s %-28s %s".formatted(nanos / NANOS_A_SECOND, who, what, how));
  }

  public long steps() {
    return steps;
  }

  /// Equal for two runs only if every step was the same.
  public long hash() {
    return hash;
  }

  public List<String> tail() {
    return List.copyOf(tail);
  }

  private void mix(long value) {
    hash = (hash ^ value) * FNV_PRIME;
    hash ^= hash >>> 29;
  }
}
