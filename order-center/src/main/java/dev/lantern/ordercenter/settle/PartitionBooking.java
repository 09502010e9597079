package dev.lantern.ordercenter.settle;

import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Books one group of one partition and does what follows a commit: tokens leave Redis, traces end,
/// figures move.
public final class PartitionBooking {
  private final GroupBooking groups;
  private final TokenRemoval tokens;
  private final BookingTrace trace;
  private final SettleWatch watch;
  private final Clock clock;
  private final Map<PartitionId, Promise> lastBooked = new ConcurrentHashMap<>();

  public PartitionBooking(
      GroupBooking groups,
      TokenRemoval tokens,
      BookingTrace trace,
      SettleWatch watch,
      Clock clock) {
    this.groups = groups;
    this.tokens = tokens;
    this.trace = trace;
    this.watch = watch;
    this.clock = clock;
  }

  GroupBooking.Outcome book(Holding holding, List<LogRecord> group) {
    if (!isUnbroken(holding.nextOffset(), group)) {
      return new GroupBooking.Outcome.Stuck(
          "the log has a gap at or after offset " + holding.nextOffset());
    }
    Moment begun = clock.now();
    GroupBooking.Outcome outcome =
        trace.of(
            holding.id(),
            group,
            () -> groups.book(holding.claim(), holding.nextOffset(), group, holding.manner()));
    if (outcome instanceof GroupBooking.Outcome.Booked(List<Verdict> verdicts)) {
      committed(holding, group, verdicts, begun);
    }
    return outcome;
  }

  private void committed(
      Holding holding, List<LogRecord> group, List<Verdict> verdicts, Moment begun) {
    Moment now = clock.now();
    boolean duplicates = verdicts.stream().anyMatch(v -> v instanceof Verdict.Known);
    holding.booked(group.getLast().offset() + 1, duplicates, now);
    tokens.handled(
        verdicts.stream()
            .filter(Verdict::handlesItsToken)
            .filter(Verdict.OnPromise.class::isInstance)
            .map(verdict -> ((Verdict.OnPromise) verdict).promise())
            .toList());
    watch.booked(holding.id(), verdicts, now.since(begun));
    verdicts.stream()
        .filter(Verdict.OnPromise.class::isInstance)
        .reduce((_, last) -> last)
        .ifPresent(v -> lastBooked.put(holding.id(), ((Verdict.OnPromise) v).promise()));
  }

  /// Reports how far a partition is behind: the oldest unbooked record is at least as young as the
  /// last booked one.
  void reportLag(PartitionId id, long records) {
    Promise last = lastBooked.get(id);
    Duration age =
        records == 0 || last == null
            ? Duration.ZERO
            : Duration.between(last.acceptedAt(), clock.now().wall());
    watch.lag(id, records, age);
  }

  /// Without compaction and without transactions a log has no gaps: one means that records are
  /// gone, and going on would skip them.
  static boolean isUnbroken(long from, List<LogRecord> group) {
    long expected = from;
    for (LogRecord record : group) {
      if (record.offset() != expected++) {
        return false;
      }
    }
    return true;
  }
}
