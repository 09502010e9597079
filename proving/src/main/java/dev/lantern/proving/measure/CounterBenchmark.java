package dev.lantern.proving.measure;

import dev.lantern.cli.stack.cache.ArtifactCache;
import dev.lantern.common.v1.Lane;
import dev.lantern.counter.v1.GetResponse;
import dev.lantern.proving.place.Operator;
import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.rain.Progress;
import dev.lantern.proving.rain.Waits;
import dev.lantern.sdk.counter.CounterReader;
import dev.lantern.sdk.counter.CounterWriter;
import dev.lantern.stores.redis.Call;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What counting and reading cost a process that embeds the SDK, and how often a Redis is written
/// for it.
public final class CounterBenchmark implements Benchmark {
  private static final String NAME = "counter";
  private static final int THREADS = 2;
  private static final int WRITERS = 3;
  private static final int ADDS_A_SECOND = 1_000;
  private static final Pattern WRITES = Pattern.compile("cmdstat_incrby:calls=(\\d+)");
  private static final Script STATISTICS = Script.of("return {redis.call('INFO', 'commandstats')}");
  private static final Script INCREMENT = Script.of("return {redis.call('INCRBY', KEYS[1], 1)}");
  private static final Duration PEER_CALL = Duration.ofSeconds(5);
  private static final double MICRO = 1_000;

  private final StackAccess stack;
  private final Progress progress;
  private final Waits waits;
  private final BenchSize size;
  private volatile long plain = 1;

  public CounterBenchmark(StackAccess stack, Progress progress, Waits waits, BenchSize size) {
    this.stack = stack;
    this.progress = progress;
    this.waits = waits;
    this.size = size;
  }

  @Override
  public List<Comparison> run() {
    String prefix = "bench-" + Long.toString(waits.wall().millis(), 36);
    Path folder = stack.home().resolve("bench").resolve(prefix);
    try (var redis = Redis.connect(stack.redisA().withCallTimeout(PEER_CALL), "bench");
        var kept = writer(prefix + "-kept", Optional.of(folder));
        var loose = writer(prefix + "-loose", Optional.empty())) {
      var found = new ArrayList<Comparison>();
      found.add(adds("with a journal", kept.counter("bench.adds")));
      found.add(adds("without a journal", loose.counter("bench.adds")));
      found.add(besideRedis(kept.counter("bench.adds"), redis, prefix));
      found.addAll(gets());
      found.add(flushes(redis, prefix));
      return List.copyOf(found);
    } finally {
      forget(folder);
    }
  }

  private Comparison adds(String how, CounterWriter.Counter counter) {
    progress.phase("counter: adding " + how);
    var peer = new LongAdder();
    return compared(
        "ns an addition, " + how,
        operations -> {
          for (int i = 0; i < operations; i++) {
            counter.add(1);
          }
          return 0;
        },
        "LongAdder.add",
        operations -> {
          for (int i = 0; i < operations; i++) {
            peer.add(1);
          }
          return 0;
        },
        Goal.atMost(2));
  }

  private List<Comparison> gets() {
    progress.phase("counter: reading");
    var reader =
        new CounterReader(
            _ ->
                GetResponse.newBuilder()
                    .setValue(1_000_000)
                    .setShownValue(1_000_000)
                    .setRise(1_000)
                    .build(),
            System::nanoTime);
    CounterReader.Counter counter = reader.counter("bench.adds");
    reader.poll();
    Comparison value =
        compared(
            "ns a read of the value",
            operations -> {
              long sum = 0;
              for (int i = 0; i < operations; i++) {
                sum += counter.value();
              }
              return sum;
            },
            "a volatile read",
            operations -> {
              long sum = 0;
              for (int i = 0; i < operations; i++) {
                sum += plain;
              }
              return sum;
            },
            Goal.atMost(1.5));
    Comparison shown =
        compared(
            "ns a read of what to show",
            operations -> {
              long sum = 0;
              for (int i = 0; i < operations; i++) {
                sum += counter.shown();
              }
              return sum;
            },
            "a volatile read and a look at the clock",
            operations -> {
              long sum = 0;
              for (int i = 0; i < operations; i++) {
                sum += plain + System.nanoTime();
              }
              return sum;
            },
            Goal.atMost(1.5));
    return List.of(value, shown);
  }

  private Comparison besideRedis(CounterWriter.Counter counter, Redis redis, String prefix) {
    progress.phase("counter: adding in Redis");
    var add = Call.of(INCREMENT, "lantern:{" + prefix + "}:peer");
    List<Double> theirs = new ArrayList<>();
    List<Double> ours = new ArrayList<>();
    for (int i = 0; i < size.rounds(); i++) {
      ours.add(
          Batches.nanosEach(
              1,
              size.window(),
              operations -> {
                for (int j = 0; j < operations; j++) {
                  counter.add(1);
                }
                return 0;
              }));
      Meter.Done done = Takes.asFastAsCan(1, size.window(), () -> redis.eval(add).getLong(0) > 0);
      theirs.add((double) size.window().toNanos() / done.good());
    }
    return comparison(
        "us an addition, one thread",
        median(ours) / MICRO,
        "one script a call through Redisson",
        median(theirs) / MICRO,
        Goal.atMost(0.01));
  }

  /// Writers that count all the time and flush once a second.
  private Comparison flushes(Redis redis, String prefix) {
    progress.phase("counter: flushing");
    int seconds = (int) Math.max(2, size.window().toSeconds()) * size.rounds();
    List<CounterWriter> writers = new ArrayList<>();
    try (var channel = counterService()) {
      for (int i = 0; i < WRITERS; i++) {
        writers.add(
            CounterWriter.over(
                channel.channel(),
                Duration.ofSeconds(1),
                Lane.LANE_STRESS,
                prefix + "-" + i,
                waits.wall().millis(),
                Optional.empty()));
      }
      long errors = 0;
      long before = writes(redis);
      for (int second = 0; second < seconds; second++) {
        long due = waits.nanos().getAsLong() + Duration.ofSeconds(1).toNanos();
        for (CounterWriter writer : writers) {
          for (int i = 0; i < ADDS_A_SECOND; i++) {
            writer.counter("bench.adds").add(1);
          }
          errors += writer.flush() ? 0 : 1;
        }
        waits.sleep(Duration.ofNanos(Math.max(0, due - waits.nanos().getAsLong())));
      }
      double each = (double) (writes(redis) - before) / (WRITERS * seconds);
      return new Comparison(
          NAME,
          "writes to Redis A a writer and second",
          each,
          "the bound",
          1,
          Goal.atMost(1),
          1,
          errors,
          conditions(),
          0,
          0,
          Map.of(),
          Map.of());
    }
  }

  private Comparison compared(
      String metric, Batches.Batch ours, String beside, Batches.Batch theirs, Goal goal) {
    var _ = Batches.nanosEach(THREADS, size.window(), ours);
    var _ = Batches.nanosEach(THREADS, size.window(), theirs);
    List<Double> mine = new ArrayList<>();
    List<Double> others = new ArrayList<>();
    for (int i = 0; i < size.rounds(); i++) {
      mine.add(Batches.nanosEach(THREADS, size.window(), ours));
      others.add(Batches.nanosEach(THREADS, size.window(), theirs));
    }
    return comparison(metric, median(mine), beside, median(others), goal);
  }

  private Comparison comparison(
      String metric, double ours, String beside, double other, Goal goal) {
    return new Comparison(
        NAME,
        metric,
        ours,
        beside,
        other,
        goal,
        size.rounds(),
        0,
        conditions(),
        0,
        0,
        Map.of(),
        Map.of());
  }

  private String conditions() {
    return String.format(
        Locale.ROOT,
        "the SDK's classes in this process, %d threads where not said otherwise, in loops of their"
            + " own; %.1f s a window after a warm-up, the two interleaved, medians; flushing: %d"
            + " writers of one counter, %,d additions a second each, once a second through"
            + " counter-service, INCRBYs of Redis A counted by itself; everything on the same %d"
            + " cores",
        THREADS,
        size.window().toMillis() / 1e3,
        WRITERS,
        ADDS_A_SECOND,
        Runtime.getRuntime().availableProcessors());
  }

  private static double median(List<Double> figures) {
    return figures.stream().sorted().toList().get(figures.size() / 2);
  }

  private static long writes(Redis redis) {
    String told = redis.eval(STATISTICS, "lantern:{bench}:statistics").getString(0);
    Matcher found = WRITES.matcher(told);
    return found.find() ? Long.parseLong(found.group(1)) : 0;
  }

  /// One that tells nobody.
  private static CounterWriter writer(String name, Optional<Path> journal) {
    return new CounterWriter(_ -> 2, name, 1, journal);
  }

  private Operator counterService() {
    return Operator.at(stack.counterService(), stack.identity("order-center"), "counter-service");
  }

  private static void forget(Path folder) {
    try {
      ArtifactCache.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
