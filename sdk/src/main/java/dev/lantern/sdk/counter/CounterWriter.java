package dev.lantern.sdk.counter;

import dev.lantern.common.v1.Lane;
import dev.lantern.counter.v1.AddRequest;
import dev.lantern.counter.v1.CounterServiceGrpc;
import dev.lantern.counter.v1.WriterTotal;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts in the process and tells the totals about once a second: an add is an add in memory, and
/// what is told is cumulative under this writer's name and epoch, so that a lost reply, a retry or
/// a late duplicate changes nothing.
///
/// Without a journal a killed process loses what it had not told, at most one interval; with one,
/// nothing: what a former life has left is told until both Redis have it (see [Journal]). At most
/// [#MOST] counters. Safe for use by many threads.
public final class CounterWriter implements AutoCloseable {
  public static final int MOST = 500;

  private static final Logger LOG = LoggerFactory.getLogger(CounterWriter.class);
  private static final Pattern COUNTER =
      Pattern.compile("[a-z0-9][a-z0-9-]{0,63}\\.[a-z][a-z-]{0,31}");
  private static final Pattern WRITER = Pattern.compile("[a-z0-9][a-z0-9:-]{0,95}");

  /// Every so many flushes everything is told, so that counters that were lost come back.
  private static final int AGAIN = 30;

  private static final long NANOS_A_MICRO = 1_000;
  private static final long CLOSE_NANOS = 50_000;
  private static final int LOOKS = 5;

  private final Sink sink;
  private final String writer;
  private final long epoch;
  private final @Nullable Journal journal;
  private final Map<String, Counter> counters = new ConcurrentHashMap<>();
  private final FormerLives former;

  /// Of those who begin a counter: they do not wait for what is being told.
  private final Object beginning = new Object();

  private final LongSupplier nanoTime;
  private final long begun;
  private long flushes;

  /// Where totals are told.
  @FunctionalInterface
  public interface Sink {
    /// Tells totals, at most [#MOST]; by how many of the two Redis they were taken, at least one. A
    /// failure is a [StatusRuntimeException], after which they may or may not have been taken.
    int tell(List<WriterTotal> totals);
  }

  /// One counter of this process.
  public static final class Counter {
    private final Cells cells;
    private volatile long told;

    private Counter(Cells cells) {
      this.cells = cells;
    }

    /// Counts `amount` more; 0 or more.
    public void add(long amount) {
      if (amount < 0) {
        throw new IllegalArgumentException("a counter only rises");
      }
      cells.add(amount);
    }

    /// What this process has counted, told or not.
    public long total() {
      return cells.total();
    }
  }

  /// A writer.
  ///
  /// @param writer its name, which no other process has at the same time
  /// @param now in milliseconds, so that a later life has a higher epoch
  /// @param journal a folder that no writer of another name ever had; empty: what is not told dies
  ///   with the process
  public CounterWriter(Sink sink, String writer, long now, Optional<Path> journal) {
    this(
        sink,
        checked(writer),
        now,
        journal.map(folder -> MappedJournal.open(folder, writer)),
        System::nanoTime);
  }

  /// A writer with a journal of whatever kind.
  ///
  /// @param nanoTime monotonic
  public CounterWriter(
      Sink sink,
      String writer,
      long now,
      Optional<? extends Journal> journal,
      LongSupplier nanoTime) {
    this.sink = sink;
    this.writer = checked(writer);
    this.nanoTime = nanoTime;
    this.begun = nanoTime.getAsLong();
    this.journal = journal.orElse(null);
    this.former = new FormerLives(journal);
    this.epoch = former.nextEpoch(now);
  }

  private static String checked(String writer) {
    if (!WRITER.matcher(writer).matches()) {
      throw new IllegalArgumentException("not a writer's name: " + writer);
    }
    return writer;
  }

  /// Over a channel to counter-service.
  public static CounterWriter over(
      Channel channel,
      Duration deadline,
      Lane lane,
      String writer,
      long now,
      Optional<Path> journal) {
    var stub = CounterServiceGrpc.newBlockingStub(channel);
    return new CounterWriter(
        totals ->
            stub.withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS)
                .add(AddRequest.newBuilder().setLane(lane).addAllTotals(totals).build())
                .getReplicasCount(),
        writer,
        now,
        journal);
  }

  /// Under which this life counts.
  public long epoch() {
    return epoch;
  }

  /// The counter of this name, `{activity}.{what}`; the same one each time.
  public Counter counter(String name) {
    Counter known = counters.get(name);
    return known == null ? begin(name) : known;
  }

  private Counter begin(String name) {
    if (!COUNTER.matcher(name).matches()) {
      throw new IllegalArgumentException("not a counter's name: " + name);
    }
    synchronized (beginning) {
      if (counters.size() >= MOST && !counters.containsKey(name)) {
        throw new IllegalStateException("at most " + MOST + " counters a writer");
      }
      return counters.computeIfAbsent(name, _ -> new Counter(cells(name)));
    }
  }

  private Cells cells(String name) {
    return journal == null ? Cells.onHeap() : new Cells(journal.begin(name, epoch));
  }

  /// Tells what is new, former lives' first; called about once a second. Whether all of it was
  /// taken; what was not is told again. Now and then everything is told, new or not.
  public synchronized boolean flush() {
    boolean again = ++flushes % AGAIN == 0;
    boolean all = flushFormer(again);
    List<WriterTotal> totals = new ArrayList<>();
    counters.forEach((name, counter) -> {
      if (counter.total() > counter.told || (again && counter.total() > 0)) {
        totals.add(sampled(name, counter));
      }
    });
    if (totals.isEmpty()) {
      return all;
    }
    if (tell(totals) == 0) {
      return false;
    }
    totals.forEach(total -> counter(total.getName()).told = total.getTotal());
    return all;
  }

  /// A total and the instant that it is of, close together: what is shown rests on how fast totals
  /// rise. A thread that was put aside between the two looks again, a few times.
  private WriterTotal sampled(String name, Counter counter) {
    long before = nanoTime.getAsLong();
    long total = counter.total();
    long after = nanoTime.getAsLong();
    for (int i = 0; i < LOOKS && after - before > CLOSE_NANOS; i++) {
      before = nanoTime.getAsLong();
      total = counter.total();
      after = nanoTime.getAsLong();
    }
    return total(name, epoch, total, 1 + (before + (after - before) / 2 - begun) / NANOS_A_MICRO);
  }

  private boolean flushFormer(boolean again) {
    List<Journal.Left> due = former.due(again);
    for (int from = 0; from < due.size(); from += MOST) {
      List<Journal.Left> some = due.subList(from, Math.min(due.size(), from + MOST));
      int replicas =
          tell(some.stream().map(it -> total(it.counter(), it.epoch(), it.total(), 0)).toList());
      if (replicas == 0) {
        return false;
      }
      former.taken(some, replicas);
    }
    return true;
  }

  /// By how many it was taken; 0 if that is not known.
  private int tell(List<WriterTotal> totals) {
    try {
      return sink.tell(totals);
    } catch (StatusRuntimeException failure) {
      LOG.warn("{} counters are told later: {}", totals.size(), failure.getStatus());
      return 0;
    }
  }

  private WriterTotal total(String name, long ofEpoch, long total, long sampledMicros) {
    return WriterTotal.newBuilder()
        .setName(name)
        .setWriter(writer)
        .setEpoch(ofEpoch)
        .setTotal(total)
        .setSampledMicros(sampledMicros)
        .build();
  }

  /// Tells what is left to tell, once. What could not be told is in the journal, if there is one.
  @Override
  public synchronized void close() {
    if (!flush()) {
      LOG.warn(
          "what was counted last is not told yet{}",
          journal == null ? ", and lost" : "; it is kept");
    }
    if (journal != null) {
      journal.close();
    }
  }
}
