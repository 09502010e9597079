package dev.lantern.ordercenter.sweep;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.order.OrderNo;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.queue.Topics;
import dev.lantern.ordercenter.settle.OffsetRow;
import dev.lantern.ordercenter.settle.OffsetStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Walks over all tokens, again and again, and deals with those that settlement has passed (L6).
///
/// A round: *walk* a stretch and gather tokens; *then* read the queue ends; *wait* until every
/// partition is booked past its end. A token is written after its record was acknowledged, so the
/// record of a token that was seen lies below an end read afterwards: if the number is not in the
/// books by then, it never comes by itself.
///
/// While settlement lags the round waits and nothing is read from Redis: the sweep costs most when
/// there is least to do. Bounds: [#STEPS] steps of the walk and [#GATHER] tokens a round. Called
/// about once a second by one thread; safe to run in several processes.
public final class Sweeper {
  static final int STEPS = 20;
  static final int GATHER = 2_000;
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TokenStore tokens;
  private final OffsetStore offsets;
  private final Supplier<List<LogName>> logs;
  private final Topics topics;
  private final Forcing forcing;
  private final Lane lane;
  private final Clock clock;
  private final Duration youngest;
  private final Duration rest;
  private final SweepWatch watch;
  private final Map<OrderNo, Moment> waitingSince = new HashMap<>();
  private final Deque<Integer> entrances = new ArrayDeque<>();
  private String cursor = TokenStore.START;
  private List<StoredToken> gathered = List.of();
  private Map<OffsetRow.Key, Long> ends = Map.of();
  private long restUntilNanos = Long.MIN_VALUE;

  /// @param logs the generations of the lane
  /// @param youngest tokens of orders accepted less long ago are left to settlement
  /// @param rest how long nothing is walked after a walk has come to its end
  public Sweeper(
      TokenStore tokens,
      OffsetStore offsets,
      Supplier<List<LogName>> logs,
      Topics topics,
      Forcing forcing,
      Lane lane,
      Clock clock,
      Duration youngest,
      Duration rest,
      SweepWatch watch) {
    this.tokens = tokens;
    this.offsets = offsets;
    this.logs = logs;
    this.topics = topics;
    this.forcing = forcing;
    this.lane = lane;
    this.clock = clock;
    this.youngest = youngest;
    this.rest = rest;
    this.watch = watch;
  }

  public void tick() {
    Moment now = clock.now();
    if (!gathered.isEmpty()) {
      settleGathered();
    } else if (now.monotonicNanos() >= restUntilNanos && !logs.get().isEmpty()) {
      walk(now);
    }
  }

  private void walk(Moment now) {
    if (entrances.isEmpty()) {
      entrances.addAll(tokens.entrances());
    }
    List<StoredToken> found = new ArrayList<>();
    for (int step = 0; step < STEPS && found.size() < GATHER && !entrances.isEmpty(); step++) {
      TokenStore.Page page = tokens.walk(entrances.getFirst(), cursor);
      page.tokens().stream().filter(token -> isOldEnough(token, now)).forEach(found::add);
      if (page.unreadable() > 0) {
        watch.unreadable(page.unreadable());
      }
      cursor = page.next();
      if (page.isLast()) {
        entrances.removeFirst();
      }
    }
    if (entrances.isEmpty()) {
      restUntilNanos = now.monotonicNanos() + rest.toNanos();
    }
    if (!found.isEmpty()) {
      ends = readEnds();
      gathered = found;
    }
  }

  private boolean isOldEnough(StoredToken token, Moment now) {
    return !token.promise().acceptedAt().plus(youngest).isAfter(now.wall());
  }

  /// Where every log of the lane ends now, its topic's id checked after the read. A log whose topic
  /// is gone holds no records that could still come.
  private Map<OffsetRow.Key, Long> readEnds() {
    Map<OffsetRow.Key, Long> read = new HashMap<>();
    for (LogName log : logs.get()) {
      Optional<long[]> found = topics.ends(log.topic(), log.partitions());
      boolean same = topics.idOf(log.topic()).filter(log.topicId()::equals).isPresent();
      if (found.isPresent() && same) {
        for (int partition = 0; partition < log.partitions(); partition++) {
          read.put(new OffsetRow.Key(log.topicId(), partition), found.get()[partition]);
        }
      }
    }
    return read;
  }

  private void settleGathered() {
    if (!allPassed()) {
      return;
    }
    List<StoredToken> there = tokens.stillThere(gathered);
    List<StoredToken> done = new ArrayList<>();
    int known = 0;
    for (StoredToken token : there) {
      Forcing.Outcome outcome = forcing.force(token.promise(), isLastChance(token));
      switch (outcome) {
        case KNOWN -> {
          known++;
          done.add(token);
        }
        case FORCED, PARKED -> {
          watch.forced(token, outcome);
          done.add(token);
        }
        case LATER -> {}
      }
    }
    done.forEach(token -> waitingSince.remove(token.promise().orderNo()));
    tokens.remove(done);
    watch.removed(known);
    gathered = List.of();
    ends = Map.of();
  }

  /// A unit that is not to be had now may come back with a lease that closes; not for ever.
  private boolean isLastChance(StoredToken token) {
    if (waitingSince.size() > GATHER) {
      waitingSince.clear();
    }
    Moment now = clock.now();
    Moment since = waitingSince.computeIfAbsent(token.promise().orderNo(), _ -> now);
    return now.since(since).compareTo(PATIENCE) >= 0;
  }

  /// Whether settlement is past every end. A log that has vanished since its ends were read is
  /// never passed, and brings nothing any more: its ends are forgotten.
  private boolean allPassed() {
    Map<OffsetRow.Key, Long> next = new HashMap<>();
    for (OffsetRow row : offsets.rows(lane)) {
      next.put(row.key(), row.nextOffset());
    }
    Map<OffsetRow.Key, Long> ahead = new HashMap<>(ends);
    ahead.entrySet().removeIf(end -> next.getOrDefault(end.getKey(), -1L) >= end.getValue());
    if (!ahead.isEmpty()) {
      for (LogName log : logs.get()) {
        boolean waitsFor = ahead.keySet().stream().anyMatch(key -> isOf(key, log));
        if (waitsFor && topics.idOf(log.topic()).filter(log.topicId()::equals).isEmpty()) {
          ahead.keySet().removeIf(key -> isOf(key, log));
        }
      }
    }
    return ahead.isEmpty();
  }

  private static boolean isOf(OffsetRow.Key key, LogName log) {
    return key.topicId().equals(log.topicId());
  }
}
