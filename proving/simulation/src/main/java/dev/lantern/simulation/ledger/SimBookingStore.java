package dev.lantern.simulation.ledger;

import com.google.protobuf.ByteString;
import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.settle.Advance;
import dev.lantern.ordercenter.settle.BookingStore;
import dev.lantern.ordercenter.settle.Books;
import dev.lantern.ordercenter.settle.ConflictKey;
import dev.lantern.ordercenter.settle.DailyCap;
import dev.lantern.ordercenter.settle.Effects;
import dev.lantern.ordercenter.settle.FundLimits;
import dev.lantern.ordercenter.settle.KnownOrder;
import dev.lantern.ordercenter.settle.LogRecord;
import dev.lantern.ordercenter.settle.Posting;
import dev.lantern.ordercenter.settle.SetAside;
import dev.lantern.ordercenter.settle.SetAsideOrder;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// [BookingStore] over [Tables].
public class SimBookingStore implements BookingStore {
  private static final Result REFUSED = new Result.Refused("MYSQL_1264");
  private static final Result OVER_CAP = new Result.Refused(DailyCap.CODE + ": of the day");

  private final Tables tables;
  private final FundLimits limits;

  public SimBookingStore(Tables tables) {
    this(tables, FundLimits.NONE);
  }

  /// @param limits what orders that are booked late are counted towards
  public SimBookingStore(Tables tables, FundLimits limits) {
    this.tables = tables;
    this.limits = limits;
  }

  @Override
  public Books lookUp(Collection<? extends LogRecord> records) {
    Map<String, KnownOrder> orders = new HashMap<>();
    Set<ConflictKey> conflicts = new HashSet<>();
    for (LogRecord record : records) {
      String number =
          switch (record) {
            case LogRecord.Promised(_, var promise, _) -> promise.orderNo().text();
            case LogRecord.Unreadable unreadable -> unreadable.orderNo();
          };
      OrderEntry order = tables.orders.get(number);
      if (order != null) {
        orders.put(number, order.known());
        tables.conflicts.keySet().stream()
            .filter(key -> key.orderNo().equals(number))
            .forEach(conflicts::add);
      }
    }
    return new Books(orders, conflicts);
  }

  @Override
  public Result commit(Advance advance, Effects effects) {
    Tables.Offset row =
        tables.offsets.get(
            Tables.place(advance.claim().id().log().topicId(), advance.claim().id().partition()));
    if (row == null || row.nextOffset != advance.from() || row.epoch != advance.claim().epoch()) {
      return new Result.NotMine();
    }
    Result written = commit(effects);
    if (written instanceof Result.Done) {
      row.nextOffset = advance.to();
      row.seq++;
      drain(advance);
    }
    return written;
  }

  /// The rows a group came from leave with it (S6).
  void drain(Advance advance) {
    advance.drained().forEach(row -> tables.inbox.remove(row.orderNo()));
  }

  @Override
  public Result commit(Effects effects) {
    Optional<Result> hindrance = hindrance(effects);
    if (hindrance.isPresent()) {
      return hindrance.get();
    }
    effects.orders().forEach(row -> tables.orders.put(row.orderNo(), new OrderEntry(row)));
    SimGrants.insert(tables, effects.grants());
    effects.conflicts().forEach(conflict -> tables.conflicts.put(keyOf(conflict), conflict));
    effects
        .leases()
        .forEach((lease, units) ->
            part(lease, effects.partition())
                .ifPresent(part -> {
                  part.booked += units.booked();
                  part.parked += units.parked();
                }));
    pay(effects);
    return new Result.Done();
  }

  private Optional<Result> hindrance(Effects effects) {
    boolean poisoned =
        effects.orders().stream()
            .anyMatch(row -> row.isBooked() && tables.poison.contains(row.orderNo()));
    if (poisoned) {
      return Optional.of(REFUSED);
    }
    if (isThere(effects)) {
      return Optional.of(new Result.AlreadyThere());
    }
    if (isOverCap(effects)) {
      return Optional.of(OVER_CAP);
    }
    return isFenced(effects) ? Optional.of(new Result.Fenced()) : Optional.empty();
  }

  /// The unique keys (S3).
  boolean isThere(Effects effects) {
    return effects.orders().stream().anyMatch(row -> tables.orders.containsKey(row.orderNo()))
        || effects.conflicts().stream().anyMatch(c -> tables.conflicts.containsKey(keyOf(c)))
        || SimGrants.isAnyThere(tables, effects.grants())
        || effects.postings().stream().anyMatch(p -> tables.postings.containsKey(p.id()));
  }

  /// Whether a lease of the group is not there, or may not be booked on here (L5). Where nothing is
  /// booked, but something set aside leaves that state, it may be fenced.
  boolean isFenced(Effects effects) {
    boolean booking = effects.leases().values().stream().anyMatch(units -> units.booked() != 0);
    return effects.leases().keySet().stream()
        .map(lease -> part(lease, effects.partition()))
        .anyMatch(part -> part.isEmpty() || (booking && part.get().fenced));
  }

  /// Whether a day would come to more than its cap.
  boolean isOverCap(Effects effects) {
    return effects.days().entrySet().stream()
        .anyMatch(day ->
            day.getValue().capFen() != DailyCap.UNLIMITED
                && tables.days.getOrDefault(day.getKey(), 0L) + day.getValue().fen()
                    > day.getValue().capFen());
  }

  private void pay(Effects effects) {
    effects.days().forEach((day, spend) -> tables.days.merge(day, spend.fen(), Math::addExact));
    for (Posting posting : effects.postings()) {
      tables.postings.put(posting.id(), posting);
    }
    effects.balances().forEach((account, fen) -> tables.balances.merge(account, fen, Long::sum));
    effects
        .accounts()
        .forEach((name, cost) -> {
          Tables.Account account =
              tables.accounts.computeIfAbsent(
                  Tables.place(name, effects.partition()),
                  _ -> new Tables.Account(name, effects.partition(), cost.parentActivityId()));
          account.fen += cost.fen();
          account.entries += cost.entries();
          account.seq++;
        });
  }

  @Override
  public Set<Long> fenced(int partition, Collection<Long> leases) {
    Set<Long> fenced = new HashSet<>();
    for (Long lease : leases) {
      if (part(lease, partition).filter(part -> !part.fenced).isEmpty()) {
        fenced.add(lease);
      }
    }
    return fenced;
  }

  @Override
  public List<SetAsideOrder> due(Instant now, int limit) {
    return tables.orders.values().stream()
        .filter(order -> order.state == OrderState.ORDER_STATE_RETRYING)
        .filter(order -> order.nextAt != null && !order.nextAt.isAfter(now))
        .limit(limit)
        .map(SimBookingStore::setAside)
        .toList();
  }

  @Override
  public Result resume(SetAsideOrder seen, Instant now) {
    OrderEntry order = unchanged(seen);
    if (order == null) {
      return new Result.NotMine();
    }
    if (tables.poison.contains(seen.orderNo())) {
      return REFUSED;
    }
    Effects effects = Effects.ofResumed(seen, now, limits);
    Optional<Result> hindrance = hindrance(effects);
    if (hindrance.isPresent()) {
      return hindrance.get();
    }
    if (seen.thing() && !SimGrants.askAgain(tables, seen, now)) {
      return new Result.Refused("NO_GRANT");
    }
    Result written = commit(effects);
    if (written instanceof Result.Done) {
      order.state = seen.resumed();
      order.countedLease = seen.chargedLease() != 0 ? seen.chargedLease() : order.countedLease;
      order.bookedAt = seen.thing() ? null : now;
      order.nextAt = null;
      order.parkReason = null;
      order.seq++;
    }
    return written;
  }

  @Override
  public boolean putOff(SetAsideOrder seen, SetAside setAside) {
    OrderEntry order = unchanged(seen);
    if (order == null) {
      return false;
    }
    switch (setAside) {
      case SetAside.Nothing() -> {
        return false;
      }
      case SetAside.ParkAs(String why) -> {
        order.state = OrderState.ORDER_STATE_PARKED;
        order.parkReason = why;
        order.nextAt = null;
      }
      case SetAside.RetryAs(String why, Instant nextAt) -> {
        order.state = OrderState.ORDER_STATE_RETRYING;
        order.parkReason = why;
        order.nextAt = nextAt;
      }
    }
    order.tries++;
    order.seq++;
    return true;
  }

  private @Nullable OrderEntry unchanged(SetAsideOrder seen) {
    OrderEntry order = tables.orders.get(seen.orderNo());
    boolean same = order != null && order.state == seen.state() && order.seq == seen.seq();
    return same ? order : null;
  }

  private Optional<Lease.Part> part(long leaseId, int partition) {
    Lease lease = tables.leases.get(leaseId);
    return lease == null || partition >= lease.parts.size()
        ? Optional.empty()
        : Optional.of(lease.parts.get(partition));
  }

  private static ConflictKey keyOf(dev.lantern.ordercenter.settle.Verdict.Conflict conflict) {
    return new ConflictKey(
        conflict.promise().orderNo().text(),
        conflict.promise().fingerprint(),
        ByteString.copyFrom(conflict.promise().outcome().digest()));
  }

  static SetAsideOrder setAside(OrderEntry order) {
    return new SetAsideOrder(
        order.actId(),
        order.orderNo(),
        order.parentActivityId(),
        order.activityId(),
        order.sceneId(),
        order.partition(),
        order.given(),
        order.amountFen(),
        order.budgetId(),
        order.countedLease(),
        0,
        Objects.requireNonNull(order.state),
        order.acceptedAt(),
        Objects.requireNonNullElse(order.parkReason, ""),
        order.tries,
        order.seq);
  }
}
