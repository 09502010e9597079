package dev.lantern.simulation.counting;

import dev.lantern.counter.v1.GetRequest;
import dev.lantern.counter.v1.GetResponse;
import dev.lantern.counter.v1.WriterTotal;
import dev.lantern.counterservice.counter.Choice;
import dev.lantern.counterservice.counter.CounterKey;
import dev.lantern.counterservice.counter.Level;
import dev.lantern.counterservice.counter.SlotTotal;
import dev.lantern.counterservice.read.CounterBoard;
import dev.lantern.counterservice.repair.Repairer;
import dev.lantern.counterservice.replica.CounterReplica;
import dev.lantern.counterservice.replica.CounterReplica.Limits;
import dev.lantern.counterservice.replica.Replicas;
import dev.lantern.sdk.counter.Journal;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/// Parts that leave a rule of counters out.
final class CarelessCounting {
  private static final long ONE_EPOCH = 1;
  private static final int BOTH = 2;

  private CarelessCounting() {}

  /// Each report is of what is new since the last one that was answered.
  static CounterCalls tellingDifferences(CounterCalls calls) {
    Map<String, Long> answered = new HashMap<>();
    int[] reports = new int[1];
    return adding(
        calls,
        totals -> {
          reports[0]++;
          List<WriterTotal> news = new ArrayList<>();
          for (WriterTotal total : totals) {
            long before = answered.getOrDefault(slot(total), 0L);
            news.add(
                total.toBuilder()
                    .setWriter(total.getWriter() + "-" + reports[0])
                    .setTotal(total.getTotal() - before)
                    .build());
          }
          int replicas = calls.add(news);
          totals.forEach(total -> answered.put(slot(total), total.getTotal()));
          return replicas;
        });
  }

  /// A life's slot is that of all its writer's lives.
  static CounterCalls underOneEpoch(CounterCalls calls) {
    return adding(
        calls,
        totals ->
            calls.add(
                totals.stream()
                    .map(total -> total.toBuilder().setEpoch(ONE_EPOCH).build())
                    .toList()));
  }

  /// A life goes on in its predecessor's file, and slot.
  static void goingOn(ClientParts parts) {
    parts.disk = JournalDisk::goOnInOldFiles;
    parts.calls = underOneEpoch(parts.calls);
  }

  /// Whatever one Redis has taken is said to be in both.
  static CounterCalls contentWithOne(CounterCalls calls) {
    return adding(
        calls,
        totals -> {
          var _ = calls.add(totals);
          return BOTH;
        });
  }

  /// A journal that is written and never read.
  static Journal unread(Journal journal) {
    return reading(journal, List::of);
  }

  /// A journal whose files go when they have been read.
  static Journal forgottenEarly(Journal journal) {
    return reading(
        journal,
        () -> {
          List<Journal.Left> left = journal.left();
          left.forEach(journal::forget);
          return left;
        });
  }

  /// A journal whose next life goes on from what the last one had counted.
  static Journal carriedOver(Journal journal) {
    return new Swapped(
        journal,
        journal::left,
        (counter, epoch) -> {
          long last =
              journal.left().stream()
                  .filter(left -> left.counter().equals(counter))
                  .max(Comparator.comparingLong(Journal.Left::epoch))
                  .map(Journal.Left::total)
                  .orElse(0L);
          MemorySegment memory = journal.begin(counter, epoch);
          memory.set(ValueLayout.JAVA_LONG, 0, last);
          return memory;
        });
  }

  /// A Redis that is told by repair alone.
  static CounterReplica unwritten(CounterReplica replica) {
    return new CounterReplica() {
      @Override
      public List<Taken> raise(List<SlotTotal> totals, Limits limits) {
        return limits.equals(Limits.none())
            ? replica.raise(totals, limits)
            : totals.stream().map(_ -> Taken.YES).toList();
      }

      @Override
      public Map<CounterKey, Level> levels(List<CounterKey> counters) {
        return replica.levels(counters);
      }

      @Override
      public Choice choice(Choice offered) {
        return replica.choice(offered);
      }

      @Override
      public Set<CounterKey> counters(int lane) {
        return replica.counters(lane);
      }

      @Override
      public void clear(int lane) {
        replica.clear(lane);
      }

      @Override
      public Map<CounterKey, Map<String, Long>> slots(List<CounterKey> counters) {
        return replica.slots(counters);
      }

      @Override
      public String runId() {
        return replica.runId();
      }
    };
  }

  /// Repair that knows one direction.
  static Runnable copying(Replicas replicas, Repairer real) {
    return () -> {
      if (!replicas.a().probe() || !replicas.b().probe()) {
        return;
      }
      List<CounterKey> counters = List.copyOf(replicas.a().counters(CountLaw.LANE));
      List<SlotTotal> copied = new ArrayList<>();
      replicas
          .a()
          .slots(counters)
          .forEach((counter, slots) ->
              slots.forEach((slot, total) -> copied.add(new SlotTotal(counter, slot, total))));
      replicas.b().clear(CountLaw.LANE);
      var _ = replicas.b().raise(copied, Limits.none());
    };
  }

  /// Repair that looks, and does nothing.
  static Runnable probing(Replicas replicas, Repairer real) {
    return () -> {
      var _ = replicas.a().probe();
      var _ = replicas.b().probe();
    };
  }

  /// What a reading says by itself, whatever was shown before.
  static long shownAsRead(CounterBoard board, CounterKey counter, Instant now) {
    return board.find(counter).orElseThrow().shown(now, CountPlan.POLL.multipliedBy(2));
  }

  private static CounterCalls adding(CounterCalls calls, ToIntFunction<List<WriterTotal>> add) {
    return new CounterCalls() {
      @Override
      public int add(List<WriterTotal> totals) {
        return add.applyAsInt(totals);
      }

      @Override
      public GetResponse get(GetRequest request) {
        return calls.get(request);
      }

      @Override
      public int choose(Choice.Kind kind) {
        return calls.choose(kind);
      }
    };
  }

  private static Journal reading(Journal journal, Supplier<List<Journal.Left>> left) {
    return new Swapped(journal, left, journal::begin);
  }

  /// A journal, but for two of its methods.
  private record Swapped(Journal journal, Supplier<List<Left>> leftBehind, Beginning beginning)
      implements Journal {
    @Override
    public List<Left> left() {
      return leftBehind.get();
    }

    @Override
    public MemorySegment begin(String counter, long epoch) {
      return beginning.begin(counter, epoch);
    }

    @Override
    public void forget(Left safe) {
      journal.forget(safe);
    }

    @Override
    public void close() {
      journal.close();
    }
  }

  /// Where a life gets its memory.
  private interface Beginning {
    MemorySegment begin(String counter, long epoch);
  }

  private static String slot(WriterTotal total) {
    return total.getName() + "/" + total.getWriter() + "#" + total.getEpoch();
  }
}
