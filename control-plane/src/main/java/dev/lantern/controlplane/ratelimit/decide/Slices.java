package dev.lantern.controlplane.ratelimit.decide;

import java.util.ArrayDeque;

/// Units that were taken from a key's count before they were needed, each lot with the moment after
/// which it is lost.
final class Slices {
  private static final int MOST = 4;

  private final ArrayDeque<Slice> held = new ArrayDeque<>(MOST);
  private long units;

  private record Slice(long units, long untilNanos) {}

  /// What may be spent now.
  long units(long nowNanos) {
    for (Slice first = held.peekFirst();
        first != null && nowNanos - first.untilNanos() >= 0;
        first = held.peekFirst()) {
      units -= first.units();
      held.removeFirst();
    }
    return units;
  }

  /// Spends so many, those that are lost first before others; all or none.
  boolean spend(long hits, long nowNanos) {
    if (units(nowNanos) < hits) {
      return false;
    }
    units -= hits;
    long left = hits;
    while (left > 0) {
      Slice first = held.removeFirst();
      if (first.units() > left) {
        held.addFirst(new Slice(first.units() - left, first.untilNanos()));
      }
      left -= Math.min(left, first.units());
    }
    return true;
  }

  /// Adds a lot. Beyond [#MOST] it joins the last one, and is lost with it: earlier, never later.
  void add(long hits, long untilNanos) {
    if (hits == 0) {
      return;
    }
    units += hits;
    if (held.size() < MOST) {
      held.addLast(new Slice(hits, untilNanos));
    } else {
      Slice last = held.removeLast();
      long until = last.untilNanos() - untilNanos < 0 ? last.untilNanos() : untilNanos;
      held.addLast(new Slice(last.units() + hits, until));
    }
  }
}
