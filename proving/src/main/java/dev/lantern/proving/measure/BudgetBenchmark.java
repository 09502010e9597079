package dev.lantern.proving.measure;

import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.rain.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Units taken from leases at hand, beside a Redis script for each: how often the store is asked,
/// what a take costs, whether anything is stranded, and how long the last unit takes.
///
/// The leases are order-center's own code in this process, over the stack's ledger; its settle
/// process closes them. Taken units are counted in the lease's row before it closes, as booking
/// does.
public final class BudgetBenchmark implements Benchmark {
  private static final String NAME = "budget";
  private static final long PLENTY = 1_000_000_000_000L;
  private static final long PACED_PER_S = 1_000;
  private static final int TAKERS = 2;
  private static final int CALLERS = 128;
  private static final Duration CLOSED_WITHIN = Duration.ofSeconds(90);
  private static final double CALLS_GOAL = 0.001;

  private final StackAccess stack;
  private final Progress progress;
  private final BenchSize size;

  public BudgetBenchmark(StackAccess stack, Progress progress, BenchSize size) {
    this.stack = stack;
    this.progress = progress;
    this.size = size;
  }

  @Override
  public List<Comparison> run() {
    progress.phase("budget: opening the ledger");
    String prefix = "bench-" + Long.toString(System.currentTimeMillis(), 36) + "-";
    try (var books = BudgetBooks.open(stack, prefix)) {
      var all = new ArrayList<Comparison>(takes(books));
      var last = new LastUnit(books, progress);
      all.add(last.measure(false));
      all.add(last.measure(true));
      return List.copyOf(all);
    }
  }

  private List<Comparison> takes(BudgetBooks books) {
    Meter meter = Meter.of(stack, Map.of());
    String id = books.create("takes", PLENTY);
    List<Counted> fast = new ArrayList<>();
    List<Counted> paced = new ArrayList<>();
    List<Sample> scripts = new ArrayList<>();
    long stranded;
    var holder = BudgetHolder.alive(books, BudgetHolder.named("fast"), id);
    try {
      holder.takeFirst();
      // Round 0 warms up.
      for (int i = 0; i <= size.rounds(); i++) {
        progress.phase("budget: round %d of %d".formatted(i, size.rounds()));
        Counted atFull = counted(meter, holder, Long.MAX_VALUE);
        books.book(holder);
        Counted atPace = counted(meter, holder, PACED_PER_S);
        books.book(holder);
        Sample script = scripts(meter, books, id);
        note("local takes", atFull.sample());
        note("local takes, " + PACED_PER_S + "/s", atPace.sample());
        note("a Redis script each", script);
        if (i > 0) {
          fast.add(atFull);
          paced.add(atPace);
          scripts.add(script);
        }
      }
      books.book(holder);
    } finally {
      holder.close();
    }
    progress.phase("budget: closing the leases");
    stranded = books.stranded(id, List.of(holder), CLOSED_WITHIN);
    return List.of(
        calls("as fast as one can", fast, scripts),
        calls(PACED_PER_S + " takes a second by one instance", paced, scripts),
        cost(fast, scripts),
        stranded(stranded, fast, scripts));
  }

  private Counted counted(Meter meter, BudgetHolder holder, long perSecond) {
    long before = holder.storeCalls();
    var failed = new LongAdder();
    Sample sample =
        meter.measure(() -> {
          long done =
              perSecond == Long.MAX_VALUE
                  ? many(TAKERS, failed, holder::take)
                  : paced(perSecond, failed, holder::take);
          return new Meter.Done(done, failed.sum());
        });
    return new Counted(sample, holder.storeCalls() - before);
  }

  private Sample scripts(Meter meter, BudgetBooks books, String id) {
    var failed = new LongAdder();
    return meter.measure(() -> {
      long done = many(CALLERS, failed, () -> books.takeFromRedis(id));
      return new Meter.Done(done, failed.sum());
    });
  }

  private long many(int threads, LongAdder failed, BooleanSupplier take) {
    long end = System.nanoTime() + size.window().toNanos();
    var taken = new LongAdder();
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        all.add(
            pool.submit(() -> {
              long mine = 0;
              while (System.nanoTime() - end < 0) {
                if (take.getAsBoolean()) {
                  mine++;
                } else {
                  failed.increment();
                }
              }
              taken.add(mine);
            }));
      }
      all.forEach(BudgetBenchmark::join);
    }
    return taken.sum();
  }

  private long paced(long perSecond, LongAdder failed, BooleanSupplier take) {
    long begin = System.nanoTime();
    long most = perSecond * size.window().toMillis() / 1_000;
    for (long i = 0; i < most; i++) {
      LockSupport.parkNanos(begin + i * 1_000_000_000L / perSecond - System.nanoTime());
      if (!take.getAsBoolean()) {
        failed.increment();
      }
    }
    return most - failed.sum();
  }

  private static void join(Future<?> one) {
    try {
      one.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a take failed: " + e.getCause(), e);
    }
  }

  private Comparison calls(String how, List<Counted> ours, List<Sample> scripts) {
    double[] sorted = ours.stream().mapToDouble(Counted::callsPerThousand).sorted().toArray();
    return comparison(
        "store calls per 1,000 takes, " + how,
        sorted[sorted.length / 2],
        "a Redis script a take",
        1_000,
        Goal.atMost(CALLS_GOAL),
        0,
        ours,
        scripts);
  }

  private Comparison cost(List<Counted> ours, List<Sample> scripts) {
    return comparison(
        "CPU us a take, this process and the store",
        Sample.median(
            ours.stream().map(Counted::sample).toList(),
            it -> it.cpuEach(List.of(Meter.CLIENTS, "mariadb"))),
        "a Redis script's, the same",
        Sample.median(scripts, it -> it.cpuEach(List.of(Meter.CLIENTS, "redis-a"))),
        Goal.atMost(1),
        0,
        ours,
        scripts);
  }

  private Comparison stranded(long units, List<Counted> ours, List<Sample> scripts) {
    return comparison(
        "units neither free nor taken after closing",
        (double) units,
        "the budget's total",
        PLENTY,
        Goal.atMost(0),
        Math.abs(units),
        ours,
        scripts);
  }

  private Comparison comparison(
      String metric,
      double figure,
      String beside,
      double other,
      Goal goal,
      long errors,
      List<Counted> ours,
      List<Sample> scripts) {
    List<Sample> samples = ours.stream().map(Counted::sample).toList();
    return new Comparison(
        NAME,
        metric,
        figure,
        beside,
        other,
        goal,
        size.rounds(),
        errors + Sample.errors(samples) + Sample.errors(scripts),
        conditions(),
        Sample.median(samples, Sample::perSecond),
        Sample.median(scripts, Sample::perSecond),
        Sample.cpuEachByProcess(samples),
        Sample.cpuEachByProcess(scripts));
  }

  private String conditions() {
    return String.format(
        Locale.ROOT,
        "order-center's lease code in this process over the stack's MariaDB, heartbeats, grants and"
            + " rotation included; %d takers; the peer: %d virtual threads, one script each at a"
            + " time on the stack's Redis A; %.1f s a round, interleaved, medians; one budget; %d"
            + " cores shared",
        TAKERS,
        CALLERS,
        size.window().toMillis() / 1e3,
        Runtime.getRuntime().availableProcessors());
  }

  private void note(String name, Sample sample) {
    progress.note(
        String.format(
            Locale.ROOT,
            "  %-24s %,12.0f /s  errors %d  CPU us each: %s",
            name,
            sample.perSecond(),
            sample.errors(),
            BenchReport.spoken(Sample.cpuEachByProcess(List.of(sample)))));
  }

  /// @param calls of the store
  private record Counted(Sample sample, long calls) {
    double callsPerThousand() {
      return 1_000.0 * calls / sample.units();
    }
  }
}
