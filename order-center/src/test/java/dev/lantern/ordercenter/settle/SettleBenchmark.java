package dev.lantern.ordercenter.settle;

import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.queue.Partitions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;

/// Orders booked a second, in groups as settlement does it, beside one transaction an order at its
/// best concurrency, on the same server in the same run; medians of interleaved rounds.
///
/// `java -cp … dev.lantern.ordercenter.settle.SettleBenchmark [rounds] [seconds]`
public final class SettleBenchmark implements AutoCloseable {
  private static final int PARTITIONS = 8;
  private static final long LEASE = 901;
  private static final int[] SINGLE_CONCURRENCIES = {8, 32, 64};
  private static final Clock CLOCK = () -> new Moment(System.nanoTime(), Instant.now());

  private final Ledger ledger = Ledger.open(SharedEngines.with(Engine.MARIADB));
  private final LogName log = ledger.log("bench", PARTITIONS);
  private final MysqlOffsetStore offsets;
  private final MysqlBookingStore store;
  private final long serverPid = SharedEngines.with(Engine.MARIADB).process(Engine.MARIADB).pid();
  private final AtomicLong nextUser = new AtomicLong(1_000_000);

  private SettleBenchmark() {
    var database = ledger.connect(72, "bench");
    offsets = new MysqlOffsetStore(database);
    store = new MysqlBookingStore(database);
    offsets.ensureRows(log);
    ledger.budget(Given.BUDGET, Long.MAX_VALUE / 4);
    ledger.lease(LEASE, Given.BUDGET, Long.MAX_VALUE / 8, log, 600_000);
  }

  /// With no rounds: warms up only, for a profiler.
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
    Duration length = Duration.ofSeconds(args.length > 1 ? Integer.parseInt(args[1]) : 4);
    NavigableMap<String, List<Sample>> rates = new TreeMap<>();
    try (SettleBenchmark bench = new SettleBenchmark()) {
      bench.groups(length, 1_000, 0);
      if (rounds == 0) {
        return;
      }
      bench.single(length, 8, true);
      for (int round = 0; round < rounds; round++) {
        note(rates, "groups of 1,000, 0 % duplicates", bench.groups(length, 1_000, 0));
        note(rates, "groups of 1,000, 1 % duplicates", bench.groups(length, 1_000, 1));
        note(rates, "groups of 1,000, 10 % duplicates", bench.groups(length, 1_000, 10));
        note(rates, "groups of 100, 0 % duplicates", bench.groups(length, 100, 0));
        for (int threads : SINGLE_CONCURRENCIES) {
          note(rates, "one by one, all effects, " + threads, bench.single(length, threads, true));
          note(
              rates,
              "one by one, no lease or account, " + threads,
              bench.single(length, threads, false));
        }
      }
    }
    rates.forEach((name, all) ->
        System.out.printf(
            "%-45s %,9.0f /s, processor µs an order: settle %.0f, server %.0f%n",
            name,
            median(all, Sample::perSecond),
            median(all, Sample::ourMicros),
            median(all, Sample::serverMicros)));
    System.exit(0);
  }

  /// Every partition books groups, side by side.
  private Sample groups(Duration length, int size, int duplicatePercent) throws Exception {
    long until = System.nanoTime() + length.toNanos();
    AtomicLong booked = new AtomicLong();
    List<Callable<Void>> workers = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      PartitionId id = new PartitionId(log, partition);
      workers.add(() -> {
        bookGroups(id, size, duplicatePercent, until, booked);
        return null;
      });
    }
    return rate(workers, booked);
  }

  private void bookGroups(
      PartitionId id, int size, int duplicatePercent, long until, AtomicLong booked) {
    OffsetRow row = offsets.row(id).orElseThrow();
    Claim claim = new Claim(id, offsets.take(row, "bench").orElseThrow());
    GroupBooking booking = new GroupBooking(store, offsets, CLOCK);
    List<Given> former = new ArrayList<>();
    long from = row.nextOffset();
    boolean lookFirst = false;
    while (System.nanoTime() < until) {
      List<LogRecord> group = new ArrayList<>(size);
      List<Given> fresh = new ArrayList<>(size);
      for (int n = 0; n < size; n++) {
        boolean again = !former.isEmpty() && n < size * duplicatePercent / 100;
        Given given = again ? former.get(n) : Given.of(user(id.partition()), 88, LEASE);
        if (!again) {
          fresh.add(given);
        }
        group.add(given.at(from + n));
      }
      var outcome =
          (GroupBooking.Outcome.Booked)
              booking.book(claim, from, group, new GroupBooking.Manner(lookFirst, false));
      lookFirst = outcome.verdicts().stream().anyMatch(v -> v instanceof Verdict.Known);
      from += size;
      former = fresh;
      booked.addAndGet(size);
    }
  }

  /// Each order its own transaction.
  ///
  /// @param all with its lease row and the platform's account, as a group does; else only order,
  ///   posting and balance: what a careless design would do, without hot rows
  private Sample single(Duration length, int threads, boolean all) throws Exception {
    long until = System.nanoTime() + length.toNanos();
    AtomicLong booked = new AtomicLong();
    List<Callable<Void>> workers = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      int partition = thread % PARTITIONS;
      workers.add(() -> {
        while (System.nanoTime() < until) {
          bookOne(partition, all);
          booked.incrementAndGet();
        }
        return null;
      });
    }
    return rate(workers, booked);
  }

  private void bookOne(int partition, boolean all) {
    Promise promise = Given.of(user(partition), 88, LEASE).promise();
    Verdict verdict = new Verdict.Book(new LogRecord.Promised(0, promise, ""), promise, LEASE);
    Effects effects = Effects.of(List.of(verdict), partition, Instant.now());
    Effects used =
        all
            ? effects
            : new Effects(
                partition,
                effects.at(),
                effects.orders(),
                List.of(),
                List.of(),
                effects.postings(),
                effects.balances(),
                new TreeMap<>(),
                new TreeMap<>());
    if (!(store.commit(used) instanceof BookingStore.Result.Done)) {
      throw new IllegalStateException("not booked");
    }
  }

  private long user(int partition) {
    while (true) {
      long user = nextUser.incrementAndGet();
      if (Partitions.of(user, PARTITIONS) == partition) {
        return user;
      }
    }
  }

  private Sample rate(List<Callable<Void>> workers, AtomicLong booked)
      throws InterruptedException, ExecutionException {
    long begun = System.nanoTime();
    long ours = cpuNanos(ProcessHandle.current().pid());
    long theirs = cpuNanos(serverPid);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Void> done : threads.invokeAll(workers)) {
        done.get();
      }
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    return new Sample(
        booked.get() / seconds,
        (cpuNanos(ProcessHandle.current().pid()) - ours) / 1e3 / booked.get(),
        (cpuNanos(serverPid) - theirs) / 1e3 / booked.get());
  }

  private static long cpuNanos(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .orElse(Duration.ZERO)
        .toNanos();
  }

  private static void note(NavigableMap<String, List<Sample>> samples, String name, Sample sample) {
    samples.computeIfAbsent(name, _ -> new ArrayList<>()).add(sample);
  }

  private static double median(List<Sample> all, ToDoubleFunction<Sample> figure) {
    double[] sorted = all.stream().mapToDouble(figure).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /// One round's figures; the processors' time also where others compete for the machine.
  private record Sample(double perSecond, double ourMicros, double serverMicros) {}

  @Override
  public void close() {
    ledger.close();
  }
}
