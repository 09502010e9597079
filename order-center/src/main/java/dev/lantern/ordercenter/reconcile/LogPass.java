package dev.lantern.ordercenter.reconcile;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.queue.Topics;
import dev.lantern.ordercenter.settle.OffsetRow;
import dev.lantern.ordercenter.settle.OffsetStore;
import dev.lantern.ordercenter.settle.StandingStill;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// How far settlement has come beside where the accept log ends. The rows are read first: an end
/// read afterwards is never below what was truly there. Not safe for threads.
public final class LogPass {
  private static final String NAME = "log";

  private static final Set<Discrepancy> CLASSES =
      EnumSet.of(Discrepancy.LOG_SHORTER, Discrepancy.LOG_STALLED);

  private final OffsetStore offsets;
  private final Topics topics;
  private final Supplier<List<LogName>> logs;
  private final Lane lane;
  private final FindingStore findings;
  private final ReconcileWatch watch;
  private final Clock clock;
  private final Duration stalledAfter;
  private final StandingStill<OffsetRow.Key> still = new StandingStill<>();

  /// A pass over one lane.
  ///
  /// @param stalledAfter how long a partition with records may stand still
  public LogPass(
      OffsetStore offsets,
      Topics topics,
      Supplier<List<LogName>> logs,
      Lane lane,
      FindingStore findings,
      ReconcileWatch watch,
      Clock clock,
      Duration stalledAfter) {
    this.offsets = offsets;
    this.topics = topics;
    this.logs = logs;
    this.lane = lane;
    this.findings = findings;
    this.watch = watch;
    this.clock = clock;
    this.stalledAfter = stalledAfter;
  }

  /// Looks at every partition once.
  public void run(Leadership mine) {
    Instant now = clock.now().wall();
    Map<OffsetRow.Key, Long> next = new HashMap<>();
    offsets.rows(lane).forEach(row -> next.put(row.key(), row.nextOffset()));
    List<Found> found = new ArrayList<>();
    for (LogName log : logs.get()) {
      ends(log).ifPresent(ends -> compare(log, ends, next, found));
    }
    watch.recorded(NAME, findings.record(mine, found, now));
    findings.clearUnseen(mine, CLASSES, "", now, now);
  }

  /// Where the log ends, if its topic is still the one that the table names.
  Optional<long[]> ends(LogName log) {
    Optional<long[]> ends = topics.ends(log.topic(), log.partitions());
    boolean same = topics.idOf(log.topic()).filter(log.topicId()::equals).isPresent();
    return same ? ends : Optional.empty();
  }

  private void compare(LogName log, long[] ends, Map<OffsetRow.Key, Long> next, List<Found> found) {
    Moment now = clock.now();
    for (int partition = 0; partition < log.partitions(); partition++) {
      OffsetRow.Key key = new OffsetRow.Key(log.topicId(), partition);
      long settled = next.getOrDefault(key, 0L);
      // Timed only while it is behind: a partition that had nothing to do has not stood still.
      Duration stood =
          settled < ends[partition] ? still.note(key, settled, now) : still.forget(key);
      String subject = log.topic() + "/" + partition;
      String detail = "settled up to " + settled + ", the log ends at " + ends[partition];
      if (settled > ends[partition]) {
        found.add(
            Found.of(Discrepancy.LOG_SHORTER, subject, "", 0, settled - ends[partition], detail));
      } else if (settled < ends[partition] && stood.compareTo(stalledAfter) >= 0) {
        found.add(
            Found.of(Discrepancy.LOG_STALLED, subject, "", 0, ends[partition] - settled, detail));
      }
    }
  }

  /// Whether settlement has passed these ends.
  boolean passed(Map<OffsetRow.Key, Long> ends) {
    Map<OffsetRow.Key, Long> next = new HashMap<>();
    offsets.rows(lane).forEach(row -> next.put(row.key(), row.nextOffset()));
    return ends.entrySet().stream()
        .allMatch(end -> next.getOrDefault(end.getKey(), -1L) >= end.getValue());
  }

  /// Where every log of the lane ends now; a log whose topic is gone holds nothing to wait for.
  Map<OffsetRow.Key, Long> endsOfAll() {
    Map<OffsetRow.Key, Long> all = new HashMap<>();
    for (LogName log : logs.get()) {
      ends(log)
          .ifPresent(ends -> {
            for (int partition = 0; partition < log.partitions(); partition++) {
              all.put(new OffsetRow.Key(log.topicId(), partition), ends[partition]);
            }
          });
    }
    return all;
  }
}
