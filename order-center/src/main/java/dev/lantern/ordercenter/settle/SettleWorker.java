package dev.lantern.ordercenter.settle;

import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.queue.LogUnavailableException;
import dev.lantern.ordercenter.queue.Topics;
import dev.lantern.stores.sql.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Books what the log brings, for every partition this process holds.
///
/// A turn: give up what is leaving; place what is new, or has rested, at its row's offset; fetch;
/// ask for the topics' ids, once for all and *after* the fetch has returned (S2); book the
/// partitions side by side, each in groups. Where something is wrong with a partition it rests and
/// is read again from its row; nothing is ever skipped.
public final class SettleWorker {
  private static final Logger LOG = LoggerFactory.getLogger(SettleWorker.class);
  static final int GROUP_MAX = 1_000;
  private static final Duration PATIENCE = Duration.ofMillis(100);
  private static final Duration STOPPED_REST = Duration.ofSeconds(10);
  private static final Duration UNKNOWN_REST = Duration.ofSeconds(1);
  private static final Duration STALE = Duration.ofSeconds(10);

  private final Holdings holdings;
  private final OffsetStore offsets;
  private final LogReader reader;
  private final Topics topics;
  private final PartitionBooking booking;
  private final SideBySide sideBySide;
  private final SettleWatch watch;
  private final Clock clock;
  private final Map<PartitionId, String> stopped = new ConcurrentHashMap<>();
  private volatile Moment lastTurn;

  /// Runs tasks at the same time and returns when all have ended.
  public interface SideBySide {
    void run(Collection<Callable<Void>> tasks);
  }

  public SettleWorker(
      Holdings holdings,
      OffsetStore offsets,
      LogReader reader,
      Topics topics,
      PartitionBooking booking,
      SideBySide sideBySide,
      SettleWatch watch,
      Clock clock) {
    this.holdings = holdings;
    this.offsets = offsets;
    this.reader = reader;
    this.topics = topics;
    this.booking = booking;
    this.sideBySide = sideBySide;
    this.watch = watch;
    this.clock = clock;
    this.lastTurn = clock.now();
  }

  /// One turn; takes at most about a tenth of a second when there is nothing to do.
  public void turn() {
    giveUpLeaving();
    Map<PartitionId, Holding> held =
        holdings.all().stream().collect(Collectors.toMap(Holding::id, h -> h));
    stopped.keySet().retainAll(held.keySet());
    reader.assign(held.keySet());
    held.values().forEach(this::place);
    LogReader.Fetched fetched = reader.poll(PATIENCE);
    fetched.torn().forEach((id, why) -> holdings.of(id).ifPresent(h -> stop(h, why)));
    if (!fetched.records().isEmpty()) {
      bookAll(held, fetched.records());
    }
    held.keySet().forEach(this::reportLag);
  }

  /// A turn; when it fails half-way, what it had fetched is fetched again from where the rows
  /// stand.
  public void turnOrReadAgain() {
    try {
      turn();
      lastTurn = clock.now();
    } catch (StoreException | LogUnavailableException e) {
      readAgain(e);
    } catch (RuntimeException | Error e) {
      // A defect: told by whoever runs the turns. What was fetched must not be passed over.
      readAgain(new IllegalStateException("a turn failed", e));
      throw e;
    }
  }

  /// Throws unless turns are made and every partition held can be booked.
  public void check() {
    Duration since = clock.now().since(lastTurn);
    if (since.compareTo(STALE) > 0) {
      throw new IllegalStateException("no turn for " + since.toSeconds() + " s");
    }
    if (!stopped.isEmpty()) {
      throw new IllegalStateException("stopped: " + stopped);
    }
  }

  /// Gives everything up; the last thing this worker does.
  public void giveUpAll() {
    holdings.all().forEach(Holding::leave);
    giveUpLeaving();
  }

  private void giveUpLeaving() {
    for (Holding holding : holdings.all()) {
      if (holding.isLeaving()) {
        offsets.release(holding.claim());
        holdings.remove(holding);
      }
    }
  }

  private void place(Holding holding) {
    if (holding.isPlaced()) {
      return;
    }
    if (!holding.isDue(clock.now())) {
      reader.pause(holding.id());
      return;
    }
    Optional<OffsetRow> row = offsets.row(holding.id());
    if (row.isEmpty() || row.get().epoch() != holding.claim().epoch()) {
      lose(holding);
      return;
    }
    reader.seek(holding.id(), row.get().nextOffset());
    holding.placeAt(row.get().nextOffset());
  }

  private void bookAll(Map<PartitionId, Holding> held, Map<PartitionId, List<LogRecord>> records) {
    Set<LogName> rightLogs =
        records.keySet().stream()
            .map(PartitionId::log)
            .distinct()
            .filter(this::stillNamed)
            .collect(Collectors.toSet());
    List<Callable<Void>> tasks = new ArrayList<>();
    records.forEach((id, group) -> {
      Holding holding = held.get(id);
      if (holding == null || !holding.isPlaced()) {
        return;
      }
      if (!rightLogs.contains(id.log())) {
        stop(holding, "the topic of this name is another one");
        return;
      }
      tasks.add(() -> {
        bookOne(holding, group);
        return null;
      });
    });
    sideBySide.run(tasks);
  }

  /// A read of the topic's id that begins now, after the fetch has returned. There is one inbox.
  private boolean stillNamed(LogName log) {
    return log.kind() == LogName.Kind.INBOX
        || topics.idOf(log.topic()).filter(log.topicId()::equals).isPresent();
  }

  private void bookOne(Holding holding, List<LogRecord> records) {
    try {
      for (int from = 0; from < records.size(); from += GROUP_MAX) {
        int to = Math.min(records.size(), from + GROUP_MAX);
        switch (booking.book(holding, records.subList(from, to))) {
          case GroupBooking.Outcome.Booked _ -> stopped.remove(holding.id());
          case GroupBooking.Outcome.Lost() -> {
            lose(holding);
            return;
          }
          case GroupBooking.Outcome.MovedOn() -> {
            LOG.warn(
                "an earlier commit of {} came true late: what it set aside is told by rows alone",
                holding.id());
            holding.restFor(Duration.ZERO, clock.now());
            return;
          }
          case GroupBooking.Outcome.Stuck(String why) -> {
            stop(holding, why);
            return;
          }
        }
      }
    } catch (StoreException e) {
      holding.failed(clock.now());
      watch.unavailable(holding.id().toString(), e);
    } catch (RuntimeException e) {
      stop(holding, "a defect: " + e);
      watch.unavailable(holding.id().toString(), e);
    }
  }

  private void lose(Holding holding) {
    holdings.remove(holding);
    stopped.remove(holding.id());
    watch.lost(holding.id());
  }

  private void stop(Holding holding, String why) {
    stopped.put(holding.id(), why);
    watch.page(holding.id(), why);
    holding.restFor(STOPPED_REST, clock.now());
  }

  private void reportLag(PartitionId id) {
    reader.remaining(id).ifPresent(records -> booking.reportLag(id, records));
  }

  private void readAgain(Exception why) {
    Moment now = clock.now();
    watch.unavailable(why instanceof LogUnavailableException ? "queue" : "settle", why);
    holdings.all().forEach(h -> h.restFor(UNKNOWN_REST, now));
  }
}
