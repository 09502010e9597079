package dev.lantern.proving.counter;

import dev.lantern.counter.v1.CounterServiceGrpc;
import dev.lantern.proving.chaos.FaultProxy;
import dev.lantern.proving.counter.WritingProcess.Job;
import dev.lantern.proving.place.Operator;
import dev.lantern.proving.place.StackAccess.OperatorTls;
import dev.lantern.proving.rain.Progress;
import dev.lantern.sdk.counter.CounterReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Writers that count at a pace, and a reader whose shown value is held against what they have
/// counted at that very moment, every few milliseconds.
public final class RampProof {
  private static final String COUNTER = "proof.ramp";
  private static final long FROM_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long DEADLINE_MS = 900;

  private final CounterPlace place;
  private final Progress progress;
  private final RampOptions options;

  private RampProof(CounterPlace place, Progress progress, RampOptions options) {
    this.place = place;
    this.progress = progress;
    this.options = options;
  }

  /// Proves at a home of its own, which is new; ports are counted from `basePort`.
  public static RampReport run(
      Path home, Path checkout, int basePort, RampOptions options, Progress progress) {
    progress.phase("counters: starting two Redis and two instances");
    try (var place = CounterPlace.start(home, checkout, basePort);
        var turns = new Turns(place, new FaultProxy.Mode.Pass())) {
      turns.awaitServing();
      return new RampProof(place, progress, options).prove();
    }
  }

  private RampReport prove() {
    List<Writer> writers = new ArrayList<>();
    try (var service = place.connect(1, "order-center");
        var polls =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory())) {
      CounterReader reader = reader(service);
      CounterReader.Counter counter = reader.counter(COUNTER);
      var _ = polls.scheduleAtFixedRate(reader::poll, 0, 1, TimeUnit.SECONDS);
      for (int i = 0; i < options.writers(); i++) {
        writers.add(Writer.start(job(i), place.home().resolve("logs/writer-" + i + ".log")));
      }
      RampReport report = watch(counter, writers);
      polls.shutdownNow();
      return report;
    } finally {
      writers.forEach(Writer::close);
    }
  }

  private RampReport watch(CounterReader.Counter counter, List<Writer> writers) {
    int most = (int) (options.seconds() * TimeUnit.SECONDS.toNanos(1) / STEP_NANOS);
    var errors = new double[most];
    var unmoved = new double[most];
    var at = new double[most];
    int samples = 0;
    long backward = 0;
    long last = 0;
    // The first of each is its trial; the ramp has begun when all of them go on.
    while (writers.stream().anyMatch(writer -> writer.counted() <= 1)) {
      LockSupport.parkNanos(STEP_NANOS);
    }
    progress.phase("counters: a ramp of " + options.seconds() + " s");
    long begun = System.nanoTime();
    long end = begun + TimeUnit.SECONDS.toNanos(options.seconds());
    while (System.nanoTime() < end && samples < most) {
      long value = counter.value();
      long shown = counter.shown();
      double truth = writers.stream().mapToLong(Writer::counted).sum();
      backward += shown < last ? 1 : 0;
      last = shown;
      long passed = System.nanoTime() - begun;
      if (passed >= FROM_NANOS) {
        errors[samples] = Math.abs(shown - truth) / truth;
        at[samples] = passed / 1e9;
        unmoved[samples] = Math.abs(value - truth) / truth;
        samples++;
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
    long counted = writers.stream().mapToLong(Writer::counted).sum();
    return RampReport.of(
        options,
        java.util.Arrays.copyOf(errors, samples),
        java.util.Arrays.copyOf(unmoved, samples),
        at,
        backward,
        counted);
  }

  private static CounterReader reader(Operator service) {
    var stub = CounterServiceGrpc.newBlockingStub(service.channel());
    return new CounterReader(
        request -> stub.withDeadlineAfter(DEADLINE_MS, TimeUnit.MILLISECONDS).get(request),
        System::nanoTime);
  }

  private Job job(int i) {
    OperatorTls tls = place.identity("order-center");
    try {
      Path folder = Files.createDirectories(place.home().resolve("writers"));
      return new Job(
          place.port(i % CounterPlace.INSTANCES),
          tls.certificate(),
          tls.key(),
          tls.authority(),
          "ramp-" + i,
          COUNTER,
          folder.resolve("tally-" + i),
          Optional.of(folder.resolve("journal-" + i)),
          (double) options.rate() / options.writers(),
          (double) options.growth() / options.writers(),
          i * 1_000 / options.writers(),
          0,
          i);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
