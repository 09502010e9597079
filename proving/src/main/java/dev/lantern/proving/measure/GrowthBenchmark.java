package dev.lantern.proving.measure;

import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.rain.Progress;
import dev.lantern.proving.rain.Waits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/// The other benchmarks' own figures with 1, 10 and 100 times the data already there, each beside
/// itself at 1.
///
/// The factors come one after the other, since data only grows; the first figure of each is thrown
/// away.
public final class GrowthBenchmark implements Benchmark {
  private static final String NAME = "growth";
  private static final String API = "order-api-1";
  private static final List<Integer> FACTORS = List.of(1, 10, 100);
  private static final int IN_FLIGHT = 448;
  private static final int BATCHES = 4;
  private static final double FLAT = 1.3;
  private static final long PLENTY = 1_000_000_000_000L;

  private final StackAccess stack;
  private final Progress progress;
  private final Waits waits;
  private final BenchSize size;

  public GrowthBenchmark(StackAccess stack, Progress progress, Waits waits, BenchSize size) {
    this.stack = stack;
    this.progress = progress;
    this.waits = waits;
    this.size = size;
  }

  @Override
  public List<Comparison> run() {
    String name = Ballast.PREFIX + Long.toString(System.currentTimeMillis(), 36);
    progress.phase("growth: opening a round");
    try (var round = BenchRound.open(stack, NAME, waits);
        var log = HeldLog.of(stack);
        var books = BudgetBooks.open(stack, name)) {
      var settle = new SettleBenchmark(stack, progress, waits, size);
      Meter meter = Meter.of(stack, Map.of());
      var settling = new SettleBenchmark.Settling(round, log, meter, log.ordersInAll());
      progress.phase("growth: warming up");
      var _ = accept(meter, round, size.warmUp());
      var _ = settle.settle(settling, 0);
      int base = (int) Math.min(size.orders() / 4, log.bookedOf(round.sceneId()));
      List<Figures> all = new ArrayList<>();
      try (var ballast = new Ballast(stack, books, progress, name, round.sceneId(), base);
          var holder = BudgetHolder.alive(books, BudgetHolder.named("growth"), plenty(books))) {
        ballast.clear();
        holder.takeFirst();
        for (int factor : FACTORS.stream().filter(it -> it <= size.scale()).toList()) {
          progress.phase("growth: loading %,d orders".formatted((long) factor * base));
          ballast.growTo(factor);
          progress.phase("growth: measuring at %d times the data".formatted(factor));
          all.add(measure(factor, settle, settling, holder));
        }
      }
      return compare(all, base);
    }
  }

  private static String plenty(BudgetBooks books) {
    return books.create("-takes", PLENTY);
  }

  private Figures measure(
      int factor, SettleBenchmark settle, SettleBenchmark.Settling settling, BudgetHolder holder) {
    Meter meter = settling.meter();
    return new Figures(
        factor,
        samples(() -> accept(meter, settling.round(), size.window())),
        samples(() -> batches(meter, settling.round())),
        samples(() -> settle.settle(settling, 0)),
        samples(() -> takes(meter, holder)));
  }

  private List<Sample> samples(Supplier<Sample> one) {
    var _ = one.get();
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < size.rounds(); i++) {
      samples.add(one.get());
    }
    return samples;
  }

  private Sample accept(Meter meter, BenchRound round, Duration length) {
    return calls(meter, IN_FLIGHT, length, round::issue);
  }

  private Sample batches(Meter meter, BenchRound round) {
    return calls(meter, BATCHES, size.window(), round::issueBatch);
  }

  private static Sample calls(Meter meter, int inFlight, Duration length, Load.Caller caller) {
    return meter.measure(() -> {
      long end = System.nanoTime() + length.toNanos();
      Load.Result result = Load.run(inFlight, Load.until(end), caller);
      return new Meter.Done(result.good(), result.bad());
    });
  }

  private Sample takes(Meter meter, BudgetHolder holder) {
    return meter.measure(() -> {
      long end = System.nanoTime() + size.window().toNanos();
      long good = 0;
      long bad = 0;
      while (System.nanoTime() - end < 0) {
        if (holder.take()) {
          good++;
        } else {
          bad++;
        }
      }
      return new Meter.Done(good, bad);
    });
  }

  private List<Comparison> compare(List<Figures> all, int base) {
    Figures one = all.getFirst();
    var found = new ArrayList<Comparison>();
    for (Figures many : all.subList(1, all.size())) {
      found.add(
          comparison(
              "accept: order-center's CPU us per IssueReward",
              API,
              base,
              many,
              one,
              many.accepts(),
              one.accepts()));
      found.add(
          comparison(
              "accept: order-center's CPU us per order of a batch",
              API,
              base,
              many,
              one,
              many.batches(),
              one.batches()));
      found.add(
          comparison(
              "settle: MariaDB's CPU us per order booked",
              "mariadb",
              base,
              many,
              one,
              many.settles(),
              one.settles()));
      found.add(
          comparison(
              "budget: this process's CPU us per local take",
              Meter.CLIENTS,
              base,
              many,
              one,
              many.takes(),
              one.takes()));
    }
    return found;
  }

  private Comparison comparison(
      String metric,
      String process,
      int base,
      Figures many,
      Figures one,
      List<Sample> ours,
      List<Sample> others) {
    return new Comparison(
        NAME,
        metric + ", %d times the data".formatted(many.factor()),
        Sample.median(ours, it -> it.cpuEach(List.of(process))),
        "at %d times".formatted(one.factor()),
        Sample.median(others, it -> it.cpuEach(List.of(process))),
        Goal.atMost(FLAT),
        size.rounds(),
        Sample.errors(ours) + Sample.errors(others),
        String.format(
            Locale.ROOT,
            "%,d orders with postings and balances, as many claims in Redis and a twenty-fifth as"
                + " many closed leases there before, beside %,d; what the benchmark itself accepts"
                + " comes on top; users' ids spread; the factors one after the other, medians of %d"
                + " rounds each; %d cores shared with clients and engines",
            (long) many.factor() * base,
            (long) one.factor() * base,
            size.rounds(),
            Runtime.getRuntime().availableProcessors()),
        Sample.median(ours, Sample::perSecond),
        Sample.median(others, Sample::perSecond),
        Sample.cpuEachByProcess(ours),
        Sample.cpuEachByProcess(others));
  }

  private record Figures(
      int factor,
      List<Sample> accepts,
      List<Sample> batches,
      List<Sample> settles,
      List<Sample> takes) {}
}
