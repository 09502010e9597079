package dev.lantern.counterservice;

import dev.lantern.counterservice.CounterServiceConfig.RedisSection;
import dev.lantern.counterservice.counter.ReadSwitch;
import dev.lantern.counterservice.counter.Source;
import dev.lantern.counterservice.read.AbsentCounters;
import dev.lantern.counterservice.read.CounterBoard;
import dev.lantern.counterservice.read.CounterReader;
import dev.lantern.counterservice.read.CounterReader.ReadBounds;
import dev.lantern.counterservice.read.PollSignal;
import dev.lantern.counterservice.read.Poller;
import dev.lantern.counterservice.read.Watchers;
import dev.lantern.counterservice.repair.Drifts;
import dev.lantern.counterservice.repair.Repairer;
import dev.lantern.counterservice.replica.CounterReplica.Limits;
import dev.lantern.counterservice.replica.RedisReplica;
import dev.lantern.counterservice.replica.Replicas;
import dev.lantern.counterservice.replica.WatchedReplica;
import dev.lantern.counterservice.write.Adder;
import dev.lantern.runtime.telemetry.Telemetry;
import dev.lantern.stores.redis.Redis;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The running counters without their server: two Redis, a poller and a repairer on a beat each,
/// and the contract over them. Closing stops the beats, then the connections.
final class Counters implements AutoCloseable {

  private static final List<Integer> LANES = List.of(1, 2);

  private final CounterServiceConfig config;
  private final InstantSource clock;
  private final Redis redisA;
  private final Redis redisB;
  private final Replicas replicas;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final PollSignal signal = new PollSignal();
  private final CounterBoard board;
  private final AbsentCounters absent;
  private final Watchers watchers;
  private final Poller poller;
  private final Repairer repairer;
  private final List<Beat> beats;

  Counters(CounterServiceConfig config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
    this.redisA = connect(config.redisA(), "counters-a");
    this.redisB = connect(config.redisB(), "counters-b");
    this.replicas = new Replicas(watched(Source.A, redisA), watched(Source.B, redisB));
    var reads = config.reads();
    this.board = new CounterBoard(reads.interval().multipliedBy(2)); // A poll may be late by one.
    this.absent = new AbsentCounters(reads.absent(), reads.interval());
    ReadSwitch home = ReadSwitch.home(reads.leaveAfter(), reads.returnAfter());
    this.watchers = new Watchers(board, clock, reads.watchers());
    this.poller = new Poller(replicas, board, signal, clock, home, watchers);
    this.repairer = new Repairer(replicas, LANES, config.repair().sweep(), clock);
    this.beats =
        List.of(
            Beat.start("counters-repair", config.repair().interval(), repairer::round),
            Beat.start("counters-poll", reads.interval(), this::pollRound));
  }

  /// The contract over these counters.
  CounterService service(Telemetry telemetry) {
    var writes = config.writes();
    var reads = config.reads();
    return new CounterService(
        new Adder(replicas, new Limits(writes.counters(), writes.slots()), threads),
        new CounterReader(
            replicas,
            board,
            signal,
            absent,
            clock,
            new ReadBounds(reads.firstReads(), reads.waiters())),
        watchers,
        new Operations(replicas, poller, repairer, board, watchers, new Drifts(replicas)),
        new Trials(replicas),
        new CounterMeters(telemetry.meter(), replicas, poller, board, watchers));
  }

  /// For health: throws when A does not answer.
  void pingA() {
    redisA.ping();
  }

  /// For health: throws when B does not answer.
  void pingB() {
    redisB.ping();
  }

  @Override
  public void close() {
    beats.forEach(Beat::close);
    threads.close();
    redisA.close();
    redisB.close();
  }

  private void pollRound() {
    poller.round();
    absent.forget(clock.instant());
  }

  private static Redis connect(RedisSection section, String name) {
    return Redis.connect(section.redis(), name);
  }

  private static WatchedReplica watched(Source source, Redis redis) {
    return new WatchedReplica(source, new RedisReplica(redis));
  }
}
