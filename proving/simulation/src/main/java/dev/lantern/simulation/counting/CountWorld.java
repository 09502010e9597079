package dev.lantern.simulation.counting;

import dev.lantern.counterservice.replica.CounterReplica;
import dev.lantern.ordercenter.tally.AccountTotals;
import dev.lantern.sdk.counter.Journal;
import dev.lantern.simulation.fault.Fault;
import dev.lantern.simulation.fault.Hits;
import dev.lantern.simulation.fault.Outages;
import dev.lantern.simulation.fault.Server;
import dev.lantern.simulation.fault.Weather;
import dev.lantern.simulation.fault.Wire;
import dev.lantern.simulation.kernel.Baton;
import dev.lantern.simulation.kernel.Dice;
import dev.lantern.simulation.kernel.Life;
import dev.lantern.simulation.kernel.Trace;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One run of counters: two Redis, instances of counter-service, who counts and who reads.
public final class CountWorld {
  private static final long SALT = 0x2545F4914F6CDD1DL;
  private static final Duration LONGEST_FREEZE = Duration.ofSeconds(6);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration MOST_BETWEEN_BOOKINGS = Duration.ofMillis(900);
  private static final int MOST_FEN = 500;

  /// Longer than everything is told again, and what nobody has noticed is looked for.
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  final Baton baton;
  final Dice dice;
  final CountPlan plan;
  final Outages outages = new Outages();
  final CountTally tally = new CountTally();
  final CountLaw law;
  private final CounterRedis a;
  private final CounterRedis b;
  private final BookedAccounts accounts = new BookedAccounts(tally);
  private final Map<String, JournalDisk> machines = new LinkedHashMap<>();
  private final Cast cast;
  private final Rest rest;
  private final Hits hits;
  private final Weather weather;
  private final CountMutation mutation;
  private boolean storming = true;

  /// @param mutation what is taken away; [CountMutation#NONE] in an honest run
  public CountWorld(long seed, Trace trace, Hits hits, CountMutation mutation) {
    this.dice = new Dice(seed * SALT + 3);
    this.baton = new Baton(trace);
    this.hits = hits;
    this.mutation = mutation;
    this.plan = CountPlan.of(dice);
    this.weather = new Weather(dice);
    weather.freezing(LONGEST_FREEZE);
    if (seed % 2 == 1) {
      weather.assign(seed);
    }
    this.a = new CounterRedis(baton::now);
    this.b = new CounterRedis(baton::now);
    mutation.ofRedis().accept(a);
    mutation.ofRedis().accept(b);
    this.law = new CountLaw(baton, a, b, tally);
    this.cast = new Cast(baton, dice, this::isStorming);
    this.rest = new Rest(law, cast, a, b);
  }

  /// Plays it to the end; throws [dev.lantern.simulation.kernel.LawBroken].
  public void play() {
    for (int i = 1; i <= plan.instances(); i++) {
      cast.starts("counters-" + i, life -> new CountInstance(this, life));
    }
    writers(WriterProcess.Kind.KEEPER, plan.keepers());
    writers(WriterProcess.Kind.LOSER, plan.losers());
    writers(WriterProcess.Kind.MACHINE, plan.machines());
    for (int i = 1; i <= plan.flushers(); i++) {
      cast.starts("tally-" + i, life -> new TallyProcess(this, life));
    }
    cast.starts("reader-1", life -> new ReaderProcess(this, life));
    cast.starts("operator-1", life -> new SourceOperator(this, life));
    baton.start(new Life("ledger"), "ledger", this::book);
    new CountDisasters(this, a, b).schedule();
    baton.at(plan.storm().toNanos(), this::calmDown);
    baton.run();
  }

  private void writers(WriterProcess.Kind kind, int count) {
    for (int i = 1; i <= count; i++) {
      String writer = kind.name().toLowerCase(Locale.ROOT) + "-" + i;
      Optional<JournalDisk> disk =
          kind == WriterProcess.Kind.LOSER ? Optional.empty() : Optional.of(new JournalDisk());
      if (kind == WriterProcess.Kind.MACHINE) {
        machines.put(writer, disk.orElseThrow());
        writeBack(disk.orElseThrow());
      }
      cast.starts(writer, life -> new WriterProcess(this, life, writer, kind, disk));
    }
  }

  private void writeBack(JournalDisk disk) {
    baton.in(
        CountPlan.WRITTEN_BACK,
        () -> {
          disk.writeBack();
          if (storming) {
            writeBack(disk);
          }
        });
  }

  InstanceParts instanceParts(Life life) {
    InstanceParts parts =
        new InstanceParts(
            wire(life).over(CounterReplica.class, Server.COUNTERS_A, a),
            wire(life).over(CounterReplica.class, Server.COUNTERS_B, b));
    mutation.ofInstances().accept(parts);
    return parts;
  }

  ClientParts clientParts(Life life) {
    Wire wire = wire(life);
    ClientParts parts =
        new ClientParts(
            wire.toProcess(CounterCalls.class, Server.COUNTER_SERVICE, cast::anInstance),
            wire.over(AccountTotals.class, Server.MYSQL, accounts));
    mutation.ofClients().accept(parts);
    return parts;
  }

  Journal journalOf(Life life, JournalDisk disk) {
    return wire(life).over(Journal.class, Server.JOURNAL, disk);
  }

  boolean isStorming() {
    return storming;
  }

  /// A process has ended in order, and is started again.
  void stop(Life life) {
    cast.kill(life);
  }

  /// Somebody's clock is set; false if nobody was there.
  boolean setAClock(Duration skew) {
    CountProcess process = cast.any();
    process.clock.setSkew(skew);
    return !process.life.isOver();
  }

  /// One of the counting machines dies, if there is any.
  boolean loseMachine() {
    if (machines.isEmpty()) {
      return false;
    }
    String writer = dice.oneOf(List.copyOf(machines.keySet()));
    JournalDisk disk = machines.getOrDefault(writer, new JournalDisk());
    disk.loseWhatWasNotWrittenBack();
    tally.died(writer, disk.totals());
    cast.all(WriterProcess.class).stream()
        .filter(process -> process.isOf(writer))
        .forEach(process -> cast.kill(process.life));
    return true;
  }

  /// Every process that counts is killed.
  void killWriters() {
    cast.all(WriterProcess.class).forEach(writer -> cast.kill(writer.life));
  }

  void hit(Fault fault, String what) {
    hits.hit(fault, what);
    baton.trace().step(baton.now(), "counting", what, fault.name());
  }

  private Wire wire(Life life) {
    return new Wire(baton, dice, life, weather, outages, hits, cast::kill, this::afterStep);
  }

  private void book() {
    while (storming) {
      baton.sleep(dice.wait(Duration.ZERO, MOST_BETWEEN_BOOKINGS));
      if (storming) {
        accounts.book(dice.between(0, BookedAccounts.partitions() - 1), dice.between(1, MOST_FEN));
      }
    }
  }

  private void afterStep(boolean ledgerChanged) {
    law.look();
    for (CountInstance instance : cast.all(CountInstance.class)) {
      if (!instance.life.isOver() && !instance.life.isFrozen(baton.now())) {
        instance.look();
      }
    }
  }

  /// The end of all trouble: from now on everything comes to rest.
  private void calmDown() {
    storming = false;
    weather.calm();
    outages.end();
    cast.thaw();
    lookAgain(baton.now() + PATIENCE.toNanos());
  }

  private void lookAgain(long until) {
    baton.in(
        LOOK,
        () -> {
          List<String> left = rest.left();
          if (left.isEmpty()) {
            rest.check();
            baton.stop();
          } else if (baton.now() > until) {
            law.broken("does not come to rest: " + left);
          } else {
            lookAgain(until);
          }
        });
  }
}
