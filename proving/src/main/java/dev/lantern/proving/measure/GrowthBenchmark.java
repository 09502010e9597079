package dev.lantern.proving.measure;

import dev.lantern.bench.LeaseHolder;
import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.rain.Progress;
import dev.lantern.proving.rain.Waits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// What accepting, settling and taking cost with 1, 10 and 100 times the data already there, each
/// beside itself at 1.
///
/// The factors come one after the other, since data only grows; the first pass at each is thrown
/// away. A pass adds few orders of its own, so that what is measured does not outgrow what was
/// loaded.
public final class GrowthBenchmark implements Benchmark {
  private static final int IN_FLIGHT = 256;
  private static final int BATCHES = 2;
  private static final Duration BOOKED_WITHIN = Duration.ofMinutes(2);
  private static final long PLENTY = 1_000_000_000_000L;

  private final StackAccess stack;
  private final Progress progress;
  private final Waits waits;
  private final LongSupplier random;
  private final BenchSize size;

  /// @param random any 64 random bits at each call
  public GrowthBenchmark(
      StackAccess stack, Progress progress, Waits waits, LongSupplier random, BenchSize size) {
    this.stack = stack;
    this.progress = progress;
    this.waits = waits;
    this.random = random;
    this.size = size;
  }

  @Override
  public List<Comparison> run() {
    String name = Ballast.PREFIX + Long.toString(waits.wall().millis(), 36);
    progress.phase("growth: opening a round");
    try (var round = BenchRound.open(stack, GrowthFigures.NAME, waits);
        var log = HeldLog.of(stack);
        var books = BudgetBooks.open(stack, waits, random, name)) {
      progress.phase("growth: warming up");
      var _ = accept(round, size.orders());
      log.awaitEmpty(BOOKED_WITHIN);
      int base = (int) Math.min(Math.max(1, size.orders() / 2), log.bookedOf(round.sceneId()));
      String budget = books.create("-takes", PLENTY);
      try (var ballast = new Ballast(stack, books, progress, name, round.sceneId(), base);
          var holder = books.ledger().alive("growth", budget)) {
        holder.takeFirst();
        return measure(new Growing(round, log, Meter.of(stack, Map.of()), ballast, holder));
      }
    }
  }

  private List<Comparison> measure(Growing it) {
    it.ballast().clear();
    List<GrowthFigures> all = new ArrayList<>();
    for (int factor : size.factors()) {
      it.ballast().growTo(factor);
      long orders = it.ballast().orders();
      progress.phase("growth: %,d orders in the ledger".formatted(orders));
      var figures = new GrowthFigures(factor, orders);
      for (int i = 0; i <= size.rounds(); i++) {
        pass(it, i > 0 ? figures : new GrowthFigures(factor, orders));
      }
      progress.note(figures.line());
      all.add(figures);
    }
    return all.subList(1, all.size()).stream()
        .flatMap(many -> many.beside(all.getFirst(), size.rounds()).stream())
        .toList();
  }

  /// Orders singly and in batches while settlement is held, then the booking of all; then takes.
  private void pass(Growing it, GrowthFigures into) {
    List<Long> pids =
        HeldLog.settlers(stack).stream().map(part -> stack.pid(part).orElseThrow()).toList();
    int orders = Math.max(1, size.orders() * 3 / 20);
    String scene = it.round().sceneId();
    long before = it.log().bookedOf(scene);
    try (var held = HeldParts.hold(pids)) {
      Sample accepts = it.meter().measure(() -> accept(it.round(), orders));
      Sample batches = it.meter().measure(() -> batches(it.round(), orders));
      long accepted = accepts.units() + batches.units();
      long end = it.log().end();
      Sample run =
          it.meter()
              .measure(() -> {
                held.letGo();
                it.log().await(end, BOOKED_WITHIN);
                return new Meter.Done(accepted, 0);
              });
      // A call whose answer was late was an order all the same: more may be booked, never fewer.
      long booked = it.log().bookedOf(scene) - before;
      into.accepts().add(accepts);
      into.batches().add(batches);
      into.settles()
          .add(new Sample(booked, Math.max(0, accepted - booked), run.seconds(), run.cpuMicros()));
    }
    into.takes()
        .add(it.meter().measure(() -> Takes.asFastAsCan(1, size.window(), it.holder()::take)));
  }

  private static Meter.Done accept(BenchRound round, int orders) {
    return calls(IN_FLIGHT, orders, round::issue);
  }

  private static Meter.Done batches(BenchRound round, int orders) {
    return calls(BATCHES, Math.max(1, orders / BenchRound.BATCH), round::issueBatch);
  }

  private static Meter.Done calls(int inFlight, int calls, Load.Caller caller) {
    var left = new AtomicLong(calls);
    Load.Result result =
        Load.run(
            Math.min(inFlight, calls),
            () -> left.get() > 0,
            ending -> {
              left.decrementAndGet();
              caller.call(ending);
            });
    return new Meter.Done(result.good(), result.bad());
  }

  private record Growing(
      BenchRound round, HeldLog log, Meter meter, Ballast ballast, LeaseHolder holder) {}
}
