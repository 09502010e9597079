package dev.lantern.ordercenter.settle;

import dev.lantern.common.v1.Lane;
import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.queue.LogName;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Books and offsets in memory, with a real ledger's constraints: unique orders, postings and
/// conflicts; leases that are fenced; an offset that moves only for its owner. What a transaction
/// would do happens at once or not at all.
public final class MemoryBooks implements BookingStore, OffsetStore {
  public final Map<String, OrderRow> orders = new TreeMap<>();
  public final Map<String, KnownOrder> known = new HashMap<>();
  public final Map<ConflictKey, Verdict.Conflict> conflicts = new HashMap<>();
  public final Map<String, Posting> postings = new HashMap<>();
  public final Map<Posting.Account, Long> balances = new HashMap<>();
  public final Map<Long, Long> leases = new TreeMap<>();
  public final Set<Long> fencedLeases = new HashSet<>();
  public final Map<String, Long> accounts = new HashMap<>();
  public final Set<String> poison = new HashSet<>();
  public final Map<OffsetRow.Key, OffsetRow> rows = new HashMap<>();

  public void lease(long id) {
    leases.put(id, 0L);
  }

  @Override
  public Books lookUp(Collection<? extends LogRecord> records) {
    Map<String, KnownOrder> found = new HashMap<>();
    Set<ConflictKey> alsoFound = new HashSet<>();
    for (LogRecord record : records) {
      String number =
          switch (record) {
            case LogRecord.Promised promised -> promised.promise().orderNo().text();
            case LogRecord.Unreadable unreadable -> unreadable.orderNo();
          };
      if (known.containsKey(number)) {
        found.put(number, known.get(number));
        conflicts.keySet().stream().filter(c -> c.orderNo().equals(number)).forEach(alsoFound::add);
      }
    }
    return new Books(found, alsoFound);
  }

  @Override
  public Result commit(Advance advance, Effects effects) {
    OffsetRow row = rows.get(key(advance.claim().id()));
    if (row == null
        || row.epoch() != advance.claim().epoch()
        || row.nextOffset() != advance.from()) {
      return new Result.NotMine();
    }
    Result result = commit(effects);
    if (result instanceof Result.Done) {
      rows.put(row.key(), moved(row, advance.to(), row.owner(), row.epoch()));
    }
    return result;
  }

  @Override
  public Result commit(Effects effects) {
    boolean there =
        effects.orders().stream().anyMatch(o -> orders.containsKey(o.orderNo()))
            || effects.conflicts().stream()
                .anyMatch(c -> conflicts.containsKey(c.promise().conflictKey()))
            || effects.postings().stream().anyMatch(p -> postings.containsKey(p.id()));
    if (there) {
      return new Result.AlreadyThere();
    }
    if (effects.postings().stream().anyMatch(p -> poison.contains(p.orderNo()))) {
      return new Result.Refused("POISON");
    }
    if (!fenced(effects.partition(), effects.leases().keySet()).isEmpty()) {
      return new Result.Fenced();
    }
    apply(effects);
    return new Result.Done();
  }

  private void apply(Effects effects) {
    for (OrderRow order : effects.orders()) {
      orders.put(order.orderNo(), order);
      known.put(
          order.orderNo(),
          new KnownOrder(
              com.google.protobuf.ByteString.copyFrom(
                  (byte[]) java.util.Objects.requireNonNull(order.values().get(18))),
              dev.lantern.ordercenter.order.Fen.of(
                  (long) java.util.Objects.requireNonNull(order.values().get(12)))));
    }
    effects.conflicts().forEach(c -> conflicts.put(c.promise().conflictKey(), c));
    effects.postings().forEach(p -> postings.put(p.id(), p));
    effects.balances().forEach((account, fen) -> balances.merge(account, fen, Math::addExact));
    effects.leases().forEach((lease, units) -> leases.merge(lease, units.booked(), Math::addExact));
    effects.accounts().forEach((name, cost) -> accounts.merge(name, cost.fen(), Math::addExact));
  }

  @Override
  public Set<Long> fenced(int partition, Collection<Long> asked) {
    Set<Long> closed = new HashSet<>(asked);
    closed.removeIf(lease -> leases.containsKey(lease) && !fencedLeases.contains(lease));
    return closed;
  }

  @Override
  public List<SetAsideOrder> due(Instant now, int limit) {
    return List.of();
  }

  @Override
  public Result resume(SetAsideOrder order, Instant now) {
    return new Result.NotMine();
  }

  @Override
  public boolean putOff(SetAsideOrder order, SetAside setAside) {
    return false;
  }

  public long count(OrderState state) {
    return orders.values().stream().filter(order -> order.state() == state).count();
  }

  @Override
  public void ensureRows(LogName log) {
    for (int partition = 0; partition < log.partitions(); partition++) {
      rows.putIfAbsent(
          new OffsetRow.Key(log.topicId(), partition),
          new OffsetRow(log.lane(), log.topicId(), partition, 0, OffsetRow.NOBODY, 0, 0));
    }
  }

  @Override
  public List<OffsetRow> rows(Lane lane) {
    return List.copyOf(rows.values());
  }

  @Override
  public Optional<OffsetRow> row(PartitionId id) {
    return Optional.ofNullable(rows.get(key(id)));
  }

  @Override
  public Optional<Long> take(OffsetRow seen, String worker) {
    OffsetRow row = rows.get(seen.key());
    if (row == null || row.epoch() != seen.epoch() || row.seq() != seen.seq()) {
      return Optional.empty();
    }
    rows.put(row.key(), moved(row, row.nextOffset(), worker, row.epoch() + 1));
    return Optional.of(row.epoch() + 1);
  }

  @Override
  public void release(Claim claim) {
    row(claim.id())
        .filter(row -> row.epoch() == claim.epoch())
        .ifPresent(row ->
            rows.put(row.key(), moved(row, row.nextOffset(), OffsetRow.NOBODY, row.epoch() + 1)));
  }

  @Override
  public long touch(Collection<Claim> claims) {
    return 0;
  }

  @Override
  public void beat(String worker, Instant now) {}

  @Override
  public Map<String, Long> workers() {
    return Map.of();
  }

  @Override
  public void forget(String worker, long seq) {}

  private static OffsetRow moved(OffsetRow row, long next, String owner, long epoch) {
    return new OffsetRow(
        row.lane(), row.topicId(), row.partition(), next, owner, epoch, row.seq() + 1);
  }

  private static OffsetRow.Key key(PartitionId id) {
    return new OffsetRow.Key(id.log().topicId(), id.partition());
  }
}
