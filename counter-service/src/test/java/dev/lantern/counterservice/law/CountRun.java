package dev.lantern.counterservice.law;

import dev.lantern.counterservice.counter.CounterKey;
import dev.lantern.counterservice.counter.SlotTotal;
import dev.lantern.counterservice.read.Found;
import dev.lantern.counterservice.replica.MemoryReplica;
import dev.lantern.counterservice.replica.ReplicaUnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// One schedule: writers that are killed, instances that are restarted, reports that are lost,
/// doubled or late, Redis that do not answer or come back empty; and readers.
///
/// A Redis is emptied only while the other one has all that it has: what both lose is lost.
final class CountRun {
  private static final CounterKey COUNTER = new CounterKey(1, "spring-demo.opened");
  private static final int STEPS = 400;
  private static final int WRITERS = 3;

  private final Random random;
  private final Rules rules;
  private Instant now = Instant.parse("2027-01-01T12:00:00Z");
  private final MemoryReplica a = new MemoryReplica(this::micros);
  private final MemoryReplica b = new MemoryReplica(this::micros);
  private final List<Writing> writers = new ArrayList<>();
  private final List<List<SlotTotal>> sent = new ArrayList<>();
  private final long[] lastValue = new long[2];
  private final long[] lastShown = new long[2];
  private long wanderer;

  CountRun(long seed, Rules rules) {
    this.random = new Random(seed);
    this.rules = rules;
    for (int i = 0; i < WRITERS; i++) {
      writers.add(new Writing(COUNTER, "w" + i, rules));
    }
  }

  /// Plays it; what broke, if anything.
  Optional<String> play() {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Instance[] instances = {instance(threads), instance(threads)};
      for (int i = 0; i < STEPS; i++) {
        step(instances, threads);
        Optional<String> broken = look(instances);
        if (broken.isPresent()) {
          return broken;
        }
      }
      return rest(instances);
    }
  }

  private void step(Instance[] instances, ExecutorService threads) {
    Instance one = instances[random.nextInt(2)];
    Writing writer = writers.get(random.nextInt(WRITERS));
    switch (random.nextInt(16)) {
      case 0 -> a.cut();
      case 1 -> b.cut();
      case 2, 3 -> a.mend();
      case 4, 5 -> b.mend();
      case 6 -> empty(random.nextBoolean());
      case 7 -> one.repair(COUNTER);
      case 8, 9 -> one.poll();
      case 10 -> writer.kill();
      case 11 -> now = now.plusMillis(random.nextInt(900));
      case 12 -> restart(instances, threads);
      case 13 -> late(one);
      default -> {
        writer.count(random.nextInt(1_000));
        tell(one, writer);
      }
    }
  }

  private void tell(Instance one, Writing writer) {
    List<SlotTotal> report = writer.report();
    sent.add(report);
    boolean arrives = random.nextInt(100) >= 30;
    boolean answered = random.nextInt(100) >= 30;
    if (arrives && one.add(report) && answered) {
      writer.taken();
    }
  }

  private void late(Instance one) {
    if (!sent.isEmpty()) {
      var _ = one.add(sent.get(random.nextInt(sent.size())));
    }
  }

  /// Its readers come back to it with nothing known: they are other readers.
  private void restart(Instance[] instances, ExecutorService threads) {
    int which = random.nextInt(2);
    instances[which] = instance(threads);
    lastValue[which] = 0;
    lastShown[which] = 0;
  }

  private void empty(boolean first) {
    MemoryReplica lost = first ? a : b;
    MemoryReplica kept = first ? b : a;
    try {
      Map<String, Long> had = lost.slots(List.of(COUNTER)).getOrDefault(COUNTER, Map.of());
      Map<String, Long> has = kept.slots(List.of(COUNTER)).getOrDefault(COUNTER, Map.of());
      boolean covered =
          had.entrySet().stream()
              .allMatch(slot -> has.getOrDefault(slot.getKey(), -1L) >= slot.getValue());
      if (covered) {
        lost.restartEmpty();
      }
    } catch (ReplicaUnavailableException _) {
      // One of them is away; the other is all there is.
    }
  }

  private Optional<String> look(Instance[] instances) {
    long truth = writers.stream().mapToLong(Writing::truth).sum();
    for (int i = 0; i < instances.length; i++) {
      if (instances[i].get(COUNTER, 0) instanceof Found.Value found) {
        long value = found.reading().value();
        if (value > truth) {
          return Optional.of("told " + value + " of " + truth);
        }
        if (value < lastValue[i] || found.shown() < lastShown[i]) {
          return Optional.of("told " + value + " after " + lastValue[i]);
        }
        lastValue[i] = value;
        lastShown[i] = found.shown();
      }
    }
    if (instances[random.nextInt(2)].get(COUNTER, wanderer) instanceof Found.Value found) {
      if (found.reading().value() < wanderer) {
        return Optional.of("the wanderer was told less");
      }
      wanderer = found.reading().value();
    }
    return Optional.empty();
  }

  private Optional<String> rest(Instance[] instances) {
    a.mend();
    b.mend();
    for (int round = 0; round < 4; round++) {
      for (Instance one : instances) {
        one.repair(COUNTER);
        writers.forEach(writer -> one.add(writer.report()));
        now = now.plusSeconds(1);
        one.poll();
      }
    }
    long truth = writers.stream().mapToLong(Writing::truth).sum();
    long sumA = a.sums(List.of(COUNTER)).getOrDefault(COUNTER, 0L);
    long sumB = b.sums(List.of(COUNTER)).getOrDefault(COUNTER, 0L);
    return sumA == truth && sumB == truth
        ? look(instances)
        : Optional.of("ends at %d and %d of %d".formatted(sumA, sumB, truth));
  }

  private Instance instance(ExecutorService threads) {
    return new Instance(rules, a, b, () -> now, threads);
  }

  private long micros() {
    return now.toEpochMilli() * 1_000;
  }
}
