package dev.lantern.proving.measure;

import dev.lantern.bench.LeaseHolder;
import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.rain.Progress;
import dev.lantern.proving.rain.Waits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/// Units taken from leases at hand, beside a Redis script for each: how often the store is asked,
/// what a take costs, whether anything is stranded, and how long the last unit takes.
///
/// The leases are order-center's own code in this process, over the stack's ledger; its settle
/// process closes them. Taken units are counted in the lease's row before it closes, as booking
/// does.
public final class BudgetBenchmark implements Benchmark {
  private static final long PLENTY = 1_000_000_000_000L;
  private static final List<Long> PACES = List.of(1_000L, 5_000L);
  private static final List<Integer> CALLERS = List.of(16, 48, 128);
  private static final Duration CLOSED_WITHIN = Duration.ofMinutes(2);

  private final StackAccess stack;
  private final Progress progress;
  private final Waits waits;
  private final LongSupplier random;
  private final BenchSize size;

  /// @param random any 64 random bits at each call
  public BudgetBenchmark(
      StackAccess stack, Progress progress, Waits waits, LongSupplier random, BenchSize size) {
    this.stack = stack;
    this.progress = progress;
    this.waits = waits;
    this.random = random;
    this.size = size;
  }

  @Override
  public List<Comparison> run() {
    progress.phase("budget: opening the ledger");
    String prefix = "bench-" + Long.toString(waits.wall().millis(), 36) + "-";
    try (var books = BudgetBooks.open(stack, waits, random, prefix)) {
      var all = new ArrayList<Comparison>(takes(books));
      var last = new LastUnit(books, progress, waits);
      all.add(last.measure(false));
      all.add(last.measure(true));
      return List.copyOf(all);
    }
  }

  private List<Comparison> takes(BudgetBooks books) {
    Meter meter = Meter.of(stack, Map.of());
    String id = books.create("takes", PLENTY);
    var holders = new ArrayList<LeaseHolder>();
    var found = new ArrayList<Comparison>();
    BudgetFigures figures = beside(meter, books, id, holders);
    for (long pace : PACES) {
      List<CountedTakes> paced = paced(meter, books, id, pace, holders);
      found.add(figures.calls("%,d takes a second by one instance".formatted(pace), paced));
    }
    progress.phase("budget: closing the leases");
    long stranded = books.stranded(id, holders, CLOSED_WITHIN);
    found.addFirst(figures.calls("as many as one instance can", figures.takes()));
    found.add(figures.cpu());
    found.add(figures.wall());
    found.add(figures.stranded(stranded, PLENTY));
    return found;
  }

  /// As fast as one can, the peer's scripts in between.
  private BudgetFigures beside(
      Meter meter, BudgetBooks books, String id, List<LeaseHolder> holders) {
    List<CountedTakes> takes = new ArrayList<>();
    List<Sample> scripts = new ArrayList<>();
    try (var holder = books.ledger().alive("fast", id)) {
      holders.add(holder);
      holder.takeFirst();
      progress.phase("budget: warming up, then the peer's best concurrency");
      var _ = fast(meter, books, holder);
      Peer peer =
          Peer.fastest(
              "a Redis script a take", CALLERS, callers -> scripts(meter, books, id, callers));
      for (int i = 1; i <= size.rounds(); i++) {
        progress.phase("budget: round %d of %d".formatted(i, size.rounds()));
        takes.add(fast(meter, books, holder));
        scripts.add(peer.run());
      }
      return new BudgetFigures(size, peer, List.copyOf(takes), List.copyOf(scripts));
    }
  }

  private CountedTakes fast(Meter meter, BudgetBooks books, LeaseHolder holder) {
    CountedTakes found =
        CountedTakes.measure(
            meter,
            holder,
            () -> Takes.asFastAsCan(BudgetFigures.TAKERS, size.window(), holder::take));
    books.book(holder);
    note("takes, " + BudgetFigures.TAKERS + " threads", found.sample());
    return found;
  }

  private Sample scripts(Meter meter, BudgetBooks books, String id, int callers) {
    Sample sample =
        meter.measure(
            () -> Takes.asFastAsCan(callers, size.window(), () -> books.takeFromRedis(id)));
    note("scripts, " + callers + " at a time", sample);
    return sample;
  }

  /// At a steady rate, one window right after the other: leases are as long in use as in service.
  private List<CountedTakes> paced(
      Meter meter, BudgetBooks books, String id, long pace, List<LeaseHolder> holders) {
    progress.phase("budget: %,d takes a second".formatted(pace));
    List<CountedTakes> all = new ArrayList<>();
    try (var holder = books.ledger().alive("paced-" + pace, id)) {
      holders.add(holder);
      holder.takeFirst();
      // Window 0 finds the rate.
      for (int i = 0; i <= size.rounds(); i++) {
        CountedTakes window =
            CountedTakes.measure(
                meter, holder, () -> Takes.paced(pace, size.window(), holder::take));
        books.book(holder);
        if (i > 0) {
          all.add(window);
        }
      }
    }
    note("takes, %,d/s".formatted(pace), all.getLast().sample());
    return all;
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
}
