package dev.lantern.ordercenter.settle;

import dev.lantern.common.v1.Lane;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Decides what becomes of each record of a group, from the records and what the books say: the
/// rules A5, L5 and S4 as one pure function.
///
/// The order of the questions is the rule. *Is the number in the books, or earlier in this group?*
/// Then a record that adds nothing has no effect whatever became of its lease, and a conflict that
/// is known stays one. *Is its lease fenced?* Then it is void: the unit has gone back to the
/// budget. Only then is it an order or a conflict. The first record of a number that is not void is
/// the order.
public final class GroupPlanner {
  private final Lane lane;
  private final int partition;
  private final int partitions;
  private final FundLimits limits;

  public GroupPlanner(Lane lane, int partition, int partitions) {
    this(lane, partition, partitions, FundLimits.NONE);
  }

  public GroupPlanner(Lane lane, int partition, int partitions, FundLimits limits) {
    this.lane = lane;
    this.partition = partition;
    this.partitions = partitions;
    this.limits = limits;
  }

  /// Decides about each record of the group, in its order.
  ///
  /// @param fenced leases that may not be booked on in this partition: fenced or unknown
  /// @param setAside what is known of single orders that failed by themselves
  public List<Verdict> plan(
      List<? extends LogRecord> group, Books books, Set<Long> fenced, SetAside setAside) {
    Map<String, KnownOrder> orders = new HashMap<>(books.orders());
    Set<ConflictKey> conflicts = new HashSet<>(books.conflicts());
    List<Verdict> verdicts = new ArrayList<>(group.size());
    for (LogRecord record : group) {
      verdicts.add(
          switch (record) {
            case LogRecord.Promised readable ->
                judge(readable, orders, conflicts, fenced, setAside);
            case LogRecord.Unreadable unreadable -> judge(unreadable, orders);
          });
    }
    return verdicts;
  }

  private Verdict judge(
      LogRecord.Promised record,
      Map<String, KnownOrder> orders,
      Set<ConflictKey> conflicts,
      Set<Long> fenced,
      SetAside setAside) {
    Promise promise = record.promise();
    KnownOrder known = orders.get(promise.orderNo().text());
    if (known != null && known.covers(promise)) {
      return new Verdict.Known(record, promise);
    }
    if (known != null && conflicts.contains(promise.conflictKey())) {
      return new Verdict.Known(record, promise);
    }
    if (fenced.contains(promise.leaseId())) {
      return new Verdict.Voided(record, promise);
    }
    if (known != null) {
      conflicts.add(promise.conflictKey());
      return new Verdict.Conflict(record, promise, promise.leaseId(), reason(known, promise));
    }
    orders.put(promise.orderNo().text(), KnownOrder.of(promise));
    return newOrder(record, promise, setAside);
  }

  private Verdict newOrder(LogRecord.Promised record, Promise promise, SetAside setAside) {
    Optional<String> flaw =
        Soundness.flaw(promise, lane, partition, partitions).or(() -> limits.flaw(promise));
    if (flaw.isPresent()) {
      return new Verdict.Park(record, promise, promise.leaseId(), flaw.get());
    }
    return switch (setAside) {
      case SetAside.Nothing() -> new Verdict.Book(record, promise, promise.leaseId());
      case SetAside.ParkAs(String why) -> new Verdict.Park(record, promise, promise.leaseId(), why);
      case SetAside.RetryAs(String why, var nextAt) ->
          new Verdict.Retry(record, promise, why, nextAt);
    };
  }

  private static Verdict judge(LogRecord.Unreadable record, Map<String, KnownOrder> orders) {
    if (orders.containsKey(record.orderNo())) {
      return new Verdict.KnownUnreadable(record);
    }
    orders.put(record.orderNo(), OrderRow.UNREADABLE);
    return new Verdict.ParkUnreadable(record);
  }

  private static Verdict.ConflictReason reason(KnownOrder known, Promise promise) {
    return known.isAnotherRequestThan(promise)
        ? Verdict.ConflictReason.ORDER_CONFLICT
        : Verdict.ConflictReason.OUTCOME_CONFLICT;
  }
}
