package dev.lantern.proving.counter;

import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.proving.chaos.FaultProxy;
import dev.lantern.proving.counter.ProofReport.Counted;
import dev.lantern.proving.counter.WritingProcess.Job;
import dev.lantern.proving.place.StackAccess.OperatorTls;
import dev.lantern.proving.rain.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// Counts, reads, switches, kills and loses replies until enough was read and switched; then lets
/// everything come to rest and compares.
///
/// Two writers with a journal count for one counter and one without for another. A round is a
/// switch by hand, or every third time two that the instances make by themselves, with a writer
/// killed in between; now and then an instance, or a Redis with its data.
public final class CounterProof {
  static final String SAFE = "proof.safe";
  static final String LOOSE = "proof.loose";

  private static final int BY_THEMSELVES_EVERY = 3;
  private static final int INSTANCE_EVERY = 7;
  private static final int WIPE_EVERY = 11;

  private final CounterPlace place;
  private final Progress progress;
  private final ProofOptions options;
  private final SplittableRandom dice;
  private int instanceKills;
  private int redisWipes;

  private CounterProof(CounterPlace place, Progress progress, ProofOptions options) {
    this.place = place;
    this.progress = progress;
    this.options = options;
    this.dice = new SplittableRandom(options.seed());
  }

  /// Proves at a home of its own, which is new; ports are counted from `basePort`.
  public static ProofReport run(
      Path home, Path checkout, int basePort, ProofOptions options, Progress progress) {
    progress.phase("counters: starting two Redis and two instances");
    try (var place = CounterPlace.start(home, checkout, basePort)) {
      return new CounterProof(place, progress, options).prove();
    }
  }

  private ProofReport prove() {
    FaultProxy.Mode lossy = lossy();
    List<Writer> writers = new ArrayList<>();
    try (var turns = new Turns(place, lossy)) {
      turns.awaitServing();
      long begun = System.nanoTime();
      both(lossy);
      for (int i = 0; i < 3; i++) {
        writers.add(Writer.start(job(i), log(i)));
      }
      long[] told;
      try (var readers = Readers.start(place, SAFE, options.lostPercent(), options.seed())) {
        storm(turns, writers, readers);
        told =
            new long[] {readers.reads(), readers.calls(), readers.unanswered(), readers.backward()};
      }
      double seconds = (System.nanoTime() - begun) / 1e9;
      progress.phase("counters: coming to rest");
      both(new FaultProxy.Mode.Pass());
      writers.forEach(Writer::end);
      long drift = turns.driftAtRest();
      Map<String, List<Long>> values = turns.valuesAtRest(List.of(SAFE, LOOSE));
      return new ProofReport(
          options,
          seconds,
          told[0],
          told[1],
          told[2],
          told[3],
          turns.byHand(),
          turns.byThemselves(),
          instanceKills,
          redisWipes,
          drift,
          Stream.of(SAFE, LOOSE)
              .map(counter -> counted(counter, values.getOrDefault(counter, List.of()), writers))
              .toList());
    } finally {
      writers.forEach(Writer::close);
    }
  }

  private void storm(Turns turns, List<Writer> writers, Readers readers) {
    var random = new SplittableRandom(options.seed());
    for (int round = 1;
        turns.all() < options.switches() || readers.reads() < options.reads();
        round++) {
      if (round % BY_THEMSELVES_EVERY == 0) {
        turns.turnByThemselves();
      } else {
        turns.turnByHand();
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(1_000)));
      writers.get(round % writers.size()).kill();
      if (round % INSTANCE_EVERY == 0) {
        place.killInstance(round % CounterPlace.INSTANCES);
        instanceKills++;
        turns.awaitServing();
      }
      if (round % WIPE_EVERY == 0) {
        wipe(turns, random.nextBoolean() ? Engine.REDIS_A : Engine.REDIS_B);
      }
      progress.note(
          String.format(
              Locale.ROOT,
              "  %d switches, %,d reads, %d backward",
              turns.all(),
              readers.reads(),
              readers.backward()));
    }
  }

  /// What one has lost must come from the other: that one has it all by then.
  private void wipe(Turns turns, Engine redis) {
    both(new FaultProxy.Mode.Pass());
    turns.awaitWhole();
    place.wipe(redis);
    redisWipes++;
    turns.awaitWhole();
    both(lossy());
  }

  /// Without a journal an interval is lost with each kill, and one for reports that were under way.
  private Counted counted(String counter, List<Long> values, List<Writer> writers) {
    List<Writer> its = writers.stream().filter(w -> w.counter().equals(counter)).toList();
    long most = its.stream().mapToLong(Writer::begun).sum();
    long doubt = its.stream().flatMap(w -> w.doubts().stream()).mapToLong(Long::longValue).sum();
    int kills = its.stream().mapToInt(Writer::kills).sum();
    boolean journal = its.stream().allMatch(Writer::hasJournal);
    return new Counted(
        counter,
        journal,
        kills,
        most - doubt,
        most,
        values,
        journal ? 0 : (kills + 1L) * options.rate());
  }

  private Job job(int i) {
    boolean journal = i < 2;
    OperatorTls tls = place.identity("order-center");
    Path folder = folder("writers");
    return new Job(
        place.port(i % CounterPlace.INSTANCES),
        tls.certificate(),
        tls.key(),
        tls.authority(),
        "prove-" + i,
        journal ? SAFE : LOOSE,
        folder.resolve("tally-" + i),
        journal ? Optional.of(folder.resolve("journal-" + i)) : Optional.empty(),
        options.rate(),
        0,
        i * 300,
        options.lostPercent(),
        options.seed() + i);
  }

  private Path log(int i) {
    return folder("logs").resolve("writer-" + i + ".log");
  }

  private Path folder(String name) {
    try {
      return Files.createDirectories(place.home().resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FaultProxy.Mode lossy() {
    return options.lostPercent() == 0
        ? new FaultProxy.Mode.Pass()
        : new FaultProxy.Mode.Lose(options.lostPercent(), this::roll);
  }

  /// Many connections roll these dice at once.
  private int roll(int below) {
    synchronized (dice) {
      return dice.nextInt(below);
    }
  }

  private void both(FaultProxy.Mode mode) {
    place.way(Engine.REDIS_A, mode);
    place.way(Engine.REDIS_B, mode);
  }
}
