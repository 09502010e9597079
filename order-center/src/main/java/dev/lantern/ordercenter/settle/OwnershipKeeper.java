package dev.lantern.ordercenter.settle;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.queue.LogName;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Keeps this worker's share of the partitions (S1): says that it lives, takes rows that are free
/// or stand still, gives up what is beyond its share, and moves the seq of rows it holds but does
/// not book just now.
///
/// Called about once a second by one thread; every step is a statement of its own and may fail at
/// any point: the next call sees what is there.
public final class OwnershipKeeper {
  private static final Duration FORGET_AFTER = Duration.ofMinutes(1);

  private final String me;
  private final Lane lane;
  private final OffsetStore offsets;
  private final Supplier<List<LogName>> logs;
  private final Holdings holdings;
  private final Clock clock;
  private final Duration takeoverAfter;
  private final Duration touchAfter;
  private final StandingStill<OffsetRow.Key> rowsSeen = new StandingStill<>();
  private final StandingStill<String> workersSeen = new StandingStill<>();
  private final Set<LogName> ensured = new HashSet<>();

  /// @param me unique to this process's life: a restarted worker is another one
  /// @param logs all generations that are known now
  /// @param takeoverAfter how long a row or worker may stand still
  /// @param touchAfter how long a row of ours may
  public OwnershipKeeper(
      String me,
      Lane lane,
      OffsetStore offsets,
      Supplier<List<LogName>> logs,
      Holdings holdings,
      Clock clock,
      Duration takeoverAfter,
      Duration touchAfter) {
    this.me = me;
    this.lane = lane;
    this.offsets = offsets;
    this.logs = logs;
    this.holdings = holdings;
    this.clock = clock;
    this.takeoverAfter = takeoverAfter;
    this.touchAfter = touchAfter;
  }

  public void tick() {
    offsets.beat(me, clock.now().wall());
    touch();
    for (LogName log : logs.get()) {
      if (log.lane() == lane && !ensured.contains(log)) {
        offsets.ensureRows(log);
        ensured.add(log);
      }
    }
    int live = countLive();
    List<OffsetRow> rows = offsets.rows(lane);
    Moment now = clock.now();
    dropLost(rows);
    adopt(rows, now);
    Ownership.Decision decision = Ownership.decide(rows, still(rows, now), me, live);
    decision.release().forEach(row -> holding(row).ifPresent(Holding::leave));
    decision.take().forEach(this::take);
  }

  /// Says that this worker is gone, once it has given up its rows.
  public void leave() {
    Long seq = offsets.workers().get(me);
    if (seq != null) {
      offsets.forget(me, seq);
    }
  }

  private void touch() {
    Moment now = clock.now();
    List<Holding> resting =
        holdings.all().stream()
            .filter(h -> !h.isLeaving())
            .filter(h -> now.since(h.lastMoved()).compareTo(touchAfter) >= 0)
            .toList();
    offsets.touch(resting.stream().map(Holding::claim).toList());
    resting.forEach(h -> h.moved(now));
  }

  private int countLive() {
    Map<String, Long> workers = offsets.workers();
    Moment now = clock.now();
    int live = 0;
    for (var worker : workers.entrySet()) {
      Duration still = workersSeen.note(worker.getKey(), worker.getValue(), now);
      if (still.compareTo(takeoverAfter) < 0) {
        live++;
      } else if (still.compareTo(FORGET_AFTER) > 0) {
        offsets.forget(worker.getKey(), worker.getValue());
      }
    }
    workersSeen.keepOnly(workers.keySet());
    return live;
  }

  private Set<OffsetRow.Key> still(List<OffsetRow> rows, Moment now) {
    Set<OffsetRow.Key> still = new HashSet<>();
    for (OffsetRow row : rows) {
      if (rowsSeen.note(row.key(), row.seq(), now).compareTo(takeoverAfter) >= 0) {
        still.add(row.key());
      }
    }
    return still;
  }

  /// Drops what the rows say is another's.
  private void dropLost(List<OffsetRow> rows) {
    for (OffsetRow row : rows) {
      holding(row).filter(h -> row.epoch() > h.claim().epoch()).ifPresent(holdings::remove);
    }
  }

  /// Holds rows that name this worker and that it does not know of: a take whose reply was lost.
  private void adopt(List<OffsetRow> rows, Moment now) {
    for (OffsetRow row : rows) {
      if (row.isOf(me) && holding(row).isEmpty()) {
        hold(row, row.epoch(), now);
      }
    }
  }

  private void take(OffsetRow row) {
    offsets.take(row, me).ifPresent(epoch -> hold(row, epoch, clock.now()));
  }

  private void hold(OffsetRow row, long epoch, Moment now) {
    id(row).ifPresent(id -> holdings.add(new Holding(new Claim(id, epoch), now)));
  }

  private Optional<Holding> holding(OffsetRow row) {
    return id(row).flatMap(holdings::of);
  }

  private Optional<PartitionId> id(OffsetRow row) {
    return logs.get().stream()
        .filter(log -> log.lane() == lane && log.topicId().equals(row.topicId()))
        .map(log -> new PartitionId(log, row.partition()))
        .findFirst();
  }
}
