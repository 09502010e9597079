package dev.lantern.proving.measure;

import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.rain.Progress;
import dev.lantern.proving.rain.Waits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// Orders booked a second by the stack's own settlement out of its own log, some records there
/// twice, beside one transaction an order and beside the bare rows in raw multi-row inserts.
///
/// Settlement is held still while the log is filled, then let go; the clock runs until its offsets
/// have reached the log's end. The peers write the very rows that were booked into tables of the
/// same shape on the same server.
public final class SettleBenchmark implements Benchmark {
  private static final String NAME = "settle";
  private static final List<Integer> DUPLICATES = List.of(0, 1, 10);
  private static final List<Integer> ONE_BY_ONE = List.of(8, 32, 64);
  private static final List<Integer> RAW = List.of(1, 2, 4);
  private static final int RAW_ROWS = 1_000;

  /// MariaDB's memory of the embedded stack holds about as many with all their rows.
  private static final long MANY_ORDERS = 100_000;

  private static final int FILLERS = 192;
  private static final double ONE_BY_ONE_GOAL = 10;
  private static final double RAW_GOAL = 0.4;
  private static final Duration BOOKED_WITHIN = Duration.ofSeconds(60);

  private final StackAccess stack;
  private final Progress progress;
  private final Waits waits;
  private final BenchSize size;

  public SettleBenchmark(StackAccess stack, Progress progress, Waits waits, BenchSize size) {
    this.stack = stack;
    this.progress = progress;
    this.waits = waits;
    this.size = size;
  }

  @Override
  public List<Comparison> run() {
    progress.phase("settle: opening a round");
    try (var round = BenchRound.open(stack, NAME, waits);
        var log = HeldLog.of(stack);
        var scratch = ScratchLedger.create(stack)) {
      var settling = new Settling(round, log, Meter.of(stack, Map.of()), log.ordersInAll());
      if (settling.ordersBefore() > MANY_ORDERS) {
        progress.note(
            "  the ledger holds %,d orders, more than its server's memory: settlement writes among"
                    .formatted(settling.ordersBefore())
                + " them, its peers into empty tables; begin with `lantern up --wipe`");
      }
      progress.phase("settle: warming up");
      var _ = settle(settling, 0);
      ScratchLedger.BookedRows rows = scratch.booked(round);
      var _ = settle(settling, 0);
      progress.phase("settle: the peers' best concurrency");
      Inserts single = Inserts.oneByOne(scratch, rows);
      Inserts bare = Inserts.bareOneByOne(scratch, rows);
      Inserts raw = Inserts.raw(scratch, rows, Math.min(RAW_ROWS, rows.size()));
      return rounds(
          settling,
          peer("one transaction an order", ONE_BY_ONE, settling, single),
          peer("one transaction an order, no lease or account", ONE_BY_ONE, settling, bare),
          peer("raw rows, " + RAW_ROWS + " a statement", RAW, settling, raw));
    }
  }

  private List<Comparison> rounds(Settling settling, Peer singles, Peer bares, Peer raws) {
    List<Settled> settled = DUPLICATES.stream().map(Settled::new).toList();
    List<Sample> ones = new ArrayList<>();
    List<Sample> bare = new ArrayList<>();
    List<Sample> rows = new ArrayList<>();
    for (int i = 1; i <= size.rounds(); i++) {
      progress.phase("settle: round %d of %d".formatted(i, size.rounds()));
      for (Settled share : settled) {
        share.samples().add(settle(settling, share.duplicatesPercent()));
      }
      ones.add(singles.run());
      bare.add(bares.run());
      rows.add(raws.run());
    }
    var all = new ArrayList<Comparison>();
    for (Settled share : settled) {
      all.add(compare(settling, share, singles, ones, Goal.atLeast(ONE_BY_ONE_GOAL)));
    }
    all.add(compare(settling, settled.getFirst(), bares, bare, Goal.atLeast(ONE_BY_ONE_GOAL)));
    all.add(compare(settling, settled.getFirst(), raws, rows, Goal.atLeast(RAW_GOAL)));
    return List.copyOf(all);
  }

  /// One filling of the log, booked.
  private Sample settle(Settling settling, int duplicatesPercent) {
    List<Long> pids =
        HeldLog.settlers(stack).stream().map(it -> stack.pid(it).orElseThrow()).toList();
    long before = settling.log().bookedOf(settling.round().sceneId());
    long loaded;
    long end;
    Sample sample;
    try (var held = HeldParts.hold(pids)) {
      loaded = fill(settling, duplicatesPercent);
      end = settling.log().end();
      sample =
          settling
              .meter()
              .measure(() -> {
                held.letGo();
                settling.log().await(end, BOOKED_WITHIN);
                return new Meter.Done(loaded, 0);
              });
    }
    long booked = settling.log().bookedOf(settling.round().sceneId()) - before;
    // More may be booked than was acknowledged: a call whose answer was late was an order all the
    // same. Fewer never.
    return note(
        "settlement, %d %% duplicates".formatted(duplicatesPercent),
        new Sample(booked, Math.max(0, loaded - booked), sample.seconds(), sample.cpuMicros()));
  }

  /// Accepts orders while settlement is held; returns how many.
  private long fill(Settling settling, int duplicatesPercent) {
    if (duplicatesPercent == 0) {
      return fill(settling.round());
    }
    try (var copies =
        KafkaCopies.begin(
            stack.kafka(),
            settling.log().topic(),
            settling.log().partitions(),
            duplicatesPercent)) {
      long loaded = fill(settling.round());
      copies.await(loaded);
      return loaded;
    }
  }

  private long fill(BenchRound round) {
    var left = new AtomicLong(size.orders());
    Load.Result result =
        Load.run(
            FILLERS,
            () -> left.get() > 0,
            ending -> {
              left.decrementAndGet();
              round.issue(ending);
            });
    if (result.bad() > 0) {
      progress.note("  not accepted while the log was filled: " + result.reasons());
    }
    return result.good();
  }

  private Peer peer(String name, List<Integer> connections, Settling settling, Inserts inserts) {
    return Peer.fastest(
        name,
        connections,
        n -> note(name + ", " + n + " connections", write(settling, inserts, n)));
  }

  private Sample write(Settling settling, Inserts inserts, int connections) {
    try (var ready = inserts.ready(connections)) {
      long end = System.nanoTime() + size.window().dividedBy(2).toNanos();
      return settling.meter().measure(() -> ready.write(Load.until(end)));
    }
  }

  private Sample note(String name, Sample sample) {
    progress.note(
        String.format(
            Locale.ROOT,
            "  %-44s %,9.0f /s in %.1f s, CPU us each: %s",
            name,
            sample.perSecond(),
            sample.seconds(),
            BenchReport.spoken(Sample.cpuEachByProcess(List.of(sample)))));
    return sample;
  }

  private Comparison compare(
      Settling settling, Settled settled, Peer peer, List<Sample> others, Goal goal) {
    List<Sample> ours = settled.samples();
    double oursPerS = Sample.median(ours, Sample::perSecond);
    double otherPerS = Sample.median(others, Sample::perSecond);
    return new Comparison(
        NAME,
        "orders booked a second, %d %% of the records twice".formatted(settled.duplicatesPercent()),
        oursPerS,
        peer.name(),
        otherPerS,
        goal,
        size.rounds(),
        Sample.errors(ours) + Sample.errors(others),
        conditions(settling.ordersBefore()),
        oursPerS,
        otherPerS,
        Sample.cpuEachByProcess(ours),
        Sample.cpuEachByProcess(others));
  }

  private String conditions(long ordersBefore) {
    return String.format(
        Locale.ROOT,
        "%d settlement process(es) of the running stack, its Kafka, MariaDB (every commit on disk)"
            + " and Redis; %,d orders in the ledger before, users' ids spread; %,d orders accepted while it was held by SIGSTOP, clock from SIGCONT to"
            + " the last offset; the peers write the same rows, as literals made before the clock"
            + " runs, into tables of the same shape that begin empty, one by one with every effect"
            + " of a booking but the offset unless named otherwise, at the fastest of three"
            + " concurrencies; everything on the same %d cores; interleaved, medians",
        HeldLog.settlers(stack).size(),
        ordersBefore,
        size.orders(),
        Runtime.getRuntime().availableProcessors());
  }

  /// @param ordersBefore in the ledger when it began
  private record Settling(BenchRound round, HeldLog log, Meter meter, long ordersBefore) {}

  private record Settled(int duplicatesPercent, List<Sample> samples) {
    Settled(int duplicatesPercent) {
      this(duplicatesPercent, new ArrayList<>());
    }
  }
}
