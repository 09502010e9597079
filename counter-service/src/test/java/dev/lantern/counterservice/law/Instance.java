package dev.lantern.counterservice.law;

import dev.lantern.counterservice.counter.CounterKey;
import dev.lantern.counterservice.counter.ReadSwitch;
import dev.lantern.counterservice.counter.SlotTotal;
import dev.lantern.counterservice.counter.Source;
import dev.lantern.counterservice.read.AbsentCounters;
import dev.lantern.counterservice.read.CounterBoard;
import dev.lantern.counterservice.read.CounterReader;
import dev.lantern.counterservice.read.CounterReader.ReadBounds;
import dev.lantern.counterservice.read.Found;
import dev.lantern.counterservice.read.PollSignal;
import dev.lantern.counterservice.read.Poller;
import dev.lantern.counterservice.read.Watchers;
import dev.lantern.counterservice.repair.Repairer;
import dev.lantern.counterservice.replica.CounterReplica.Limits;
import dev.lantern.counterservice.replica.MemoryReplica;
import dev.lantern.counterservice.replica.ReplicaUnavailableException;
import dev.lantern.counterservice.replica.Replicas;
import dev.lantern.counterservice.replica.WatchedReplica;
import dev.lantern.counterservice.write.Added;
import dev.lantern.counterservice.write.Adder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/// One instance of the service, of production's parts.
final class Instance {
  private static final Limits LIMITS = new Limits(10, 100_000);

  private final Rules rules;
  private final Replicas replicas;
  private final InstantSource clock;
  private final Adder adder;
  private final Repairer repairer;
  private Poller poller;
  private CounterReader reader;

  Instance(
      Rules rules, MemoryReplica a, MemoryReplica b, InstantSource clock, ExecutorService threads) {
    this.rules = rules;
    this.clock = clock;
    this.replicas = new Replicas(new WatchedReplica(Source.A, a), new WatchedReplica(Source.B, b));
    this.adder = new Adder(replicas, LIMITS, threads);
    this.repairer = new Repairer(replicas, List.of(1), Duration.ofMinutes(1), clock);
    var board = new CounterBoard(Duration.ofSeconds(2));
    this.poller = poller(board);
    this.reader = reader(board);
  }

  boolean add(List<SlotTotal> report) {
    return adder.add(report) instanceof Added.By;
  }

  void poll() {
    if (rules == Rules.NO_HIGH_WATER) {
      var board = new CounterBoard(Duration.ofSeconds(2));
      poller = poller(board);
      reader = reader(board);
    }
    poller.round();
  }

  Found get(CounterKey counter, long atLeast) {
    return reader.get(counter, rules == Rules.NO_AT_LEAST ? 0 : atLeast, Duration.ZERO);
  }

  void repair(CounterKey counter) {
    if (rules != Rules.LOWER) {
      repairer.round();
      return;
    }
    try {
      Map<String, Long> slots =
          replicas.a().slots(List.of(counter)).getOrDefault(counter, Map.of());
      replicas.b().clear(counter.lane());
      List<SlotTotal> copied = new ArrayList<>();
      slots.forEach((slot, total) -> copied.add(new SlotTotal(counter, slot, total)));
      replicas.b().raise(copied, Limits.none());
    } catch (ReplicaUnavailableException _) {
      // Next time.
    }
  }

  private Poller poller(CounterBoard board) {
    return new Poller(
        replicas,
        board,
        new PollSignal(),
        clock,
        ReadSwitch.home(2, 3),
        new Watchers(board, clock, 1));
  }

  private CounterReader reader(CounterBoard board) {
    return new CounterReader(
        replicas,
        board,
        new PollSignal(),
        new AbsentCounters(1, Duration.ofMillis(1)),
        clock,
        new ReadBounds(1, 1));
  }
}
