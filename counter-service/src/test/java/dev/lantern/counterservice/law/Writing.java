package dev.lantern.counterservice.law;

import dev.lantern.counterservice.counter.CounterKey;
import dev.lantern.counterservice.counter.SlotTotal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A writer with a journal, over all its lives.
final class Writing {
  private final CounterKey counter;
  private final String name;
  private final Rules rules;
  private final Map<Long, Long> earlier = new TreeMap<>();
  private long epoch = 1;
  private long total;
  private long truth;
  private int reports;

  Writing(CounterKey counter, String name, Rules rules) {
    this.counter = counter;
    this.name = name;
    this.rules = rules;
  }

  /// All it has ever counted.
  long truth() {
    return truth;
  }

  void count(long many) {
    total += many;
    truth += many;
  }

  /// Its next life.
  void kill() {
    if (rules != Rules.FORGOTTEN) {
      earlier.merge(epoch, total, Math::max);
    }
    epoch += rules == Rules.SAME_EPOCH ? 0 : 1;
    total = 0;
  }

  /// A report was taken: what earlier lives left is told for good.
  void taken() {
    earlier.clear();
  }

  /// What it tells now: earlier epochs first.
  List<SlotTotal> report() {
    List<SlotTotal> report = new ArrayList<>();
    earlier.forEach((old, last) -> report.add(SlotTotal.of(counter, name, old, last)));
    long slot = rules == Rules.ADDED ? 1_000 + ++reports : epoch;
    report.add(SlotTotal.of(counter, name, slot, total));
    return report;
  }
}
