package dev.lantern.proving.counter;

import dev.lantern.common.v1.Lane;
import dev.lantern.counter.v1.AddRequest;
import dev.lantern.counter.v1.CounterServiceGrpc;
import dev.lantern.proving.place.Operator;
import dev.lantern.proving.place.StackAccess.Address;
import dev.lantern.proving.place.StackAccess.OperatorTls;
import dev.lantern.sdk.counter.CounterWriter;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// Counts at a pace with the SDK's writer, in a process that may be killed; ends in good order when
/// its standard input does. Its replies get lost.
public final class WritingProcess {
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int LAST_FLUSHES = 100;
  private static final long DEADLINE_MS = 800;
  private static final double NANOS = 1e9;

  private WritingProcess() {}

  /// Counts until its standard input ends.
  ///
  /// @param arguments as a [Job] gives them
  public static void main(String[] arguments) throws IOException {
    Job job = Job.of(arguments);
    var tls = new OperatorTls(job.certificate(), job.key(), job.authority());
    try (var service = Operator.at(new Address("127.0.0.1", job.port()), tls, "counter-service")) {
      var stub = CounterServiceGrpc.newBlockingStub(service.channel());
      var random = new SplittableRandom(job.seed());
      var writer =
          new CounterWriter(
              totals -> {
                var taken =
                    stub.withDeadlineAfter(DEADLINE_MS, TimeUnit.MILLISECONDS)
                        .add(
                            AddRequest.newBuilder()
                                .setLane(Lane.LANE_LIVE)
                                .addAllTotals(totals)
                                .build());
                if (random.nextInt(100) < job.lostPercent()) {
                  throw Status.UNAVAILABLE
                      .withDescription("this reply is lost")
                      .asRuntimeException();
                }
                return taken.getReplicasCount();
              },
              job.writer(),
              ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli(),
              job.journal());
      count(job, writer);
      finish(writer);
    }
  }

  private static void count(Job job, CounterWriter writer) {
    Tally tally = Tally.open(job.tally());
    CounterWriter.Counter counter = writer.counter(job.counter());
    var over = new AtomicBoolean();
    var _ = Thread.ofPlatform().daemon().start(() -> awaitEnd(over));
    // What a cold process needs for its first call is no part of an interval.
    tally.begin(1);
    counter.add(1);
    tally.done();
    flushOut(writer);
    try (var flushes =
        Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory())) {
      var _ =
          flushes.scheduleAtFixedRate(
              () -> {
                var _ = writer.flush();
              },
              job.phaseMillis(),
              1_000,
              TimeUnit.MILLISECONDS);
      long begun = System.nanoTime();
      long counted = 0;
      while (!over.get()) {
        double seconds = (System.nanoTime() - begun) / NANOS;
        long due = (long) (job.rate() * seconds + job.growth() * seconds * seconds / 2);
        if (due > counted) {
          tally.begin(due - counted);
          counter.add(due - counted);
          tally.done();
          counted = due;
        }
        LockSupport.parkNanos(STEP_NANOS);
      }
      flushes.shutdownNow();
    }
  }

  private static void finish(CounterWriter writer) {
    flushOut(writer);
    writer.close();
  }

  private static void flushOut(CounterWriter writer) {
    for (int i = 0; i < LAST_FLUSHES && !writer.flush(); i++) {
      LockSupport.parkNanos(50 * STEP_NANOS);
    }
  }

  private static void awaitEnd(AtomicBoolean over) {
    try {
      while (System.in.read() >= 0) {
        // Only the end counts.
      }
    } catch (IOException gone) {
      // It is the end.
    }
    over.set(true);
  }

  /// What it is to do.
  ///
  /// @param rate how many a second at the beginning
  /// @param growth how many more each second
  /// @param phaseMillis when it first flushes
  record Job(
      int port,
      Path certificate,
      Path key,
      Path authority,
      String writer,
      String counter,
      Path tally,
      Optional<Path> journal,
      double rate,
      double growth,
      int phaseMillis,
      int lostPercent,
      long seed) {

    static Job of(String[] a) {
      return new Job(
          Integer.parseInt(a[0]),
          Path.of(a[1]),
          Path.of(a[2]),
          Path.of(a[3]),
          a[4],
          a[5],
          Path.of(a[6]),
          a[7].isEmpty() ? Optional.empty() : Optional.of(Path.of(a[7])),
          Double.parseDouble(a[8]),
          Double.parseDouble(a[9]),
          Integer.parseInt(a[10]),
          Integer.parseInt(a[11]),
          Long.parseLong(a[12]));
    }

    String[] arguments() {
      return new String[] {
        Integer.toString(port),
        certificate.toString(),
        key.toString(),
        authority.toString(),
        writer,
        counter,
        tally.toString(),
        journal.map(Path::toString).orElse(""),
        Double.toString(rate),
        Double.toString(growth),
        Integer.toString(phaseMillis),
        Integer.toString(lostPercent),
        Long.toString(seed)
      };
    }
  }
}
