package dev.lantern.simulation.ledger;

import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.operator.Answer;
import dev.lantern.ordercenter.operator.OperatorRequest;
import dev.lantern.ordercenter.parked.Discardable;
import dev.lantern.ordercenter.parked.OpenConflict;
import dev.lantern.ordercenter.parked.ParkedItem;
import dev.lantern.ordercenter.parked.ParkedItem.Kind;
import dev.lantern.ordercenter.parked.ParkedQuery;
import dev.lantern.ordercenter.parked.ParkedStore;
import dev.lantern.ordercenter.settle.GrantRow;
import dev.lantern.ordercenter.settle.SetAsideOrder;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// [ParkedStore] over [Tables]: orders alone; nobody decides about conflicts here.
public class SimParkedStore implements ParkedStore {
  private final Tables tables;

  public SimParkedStore(Tables tables) {
    this.tables = tables;
  }

  @Override
  public List<ParkedItem> list(
      ParkedQuery query, Optional<Kind> kind, ParkedItem.Key after, int limit) {
    return tables.orders.values().stream()
        .filter(SimParkedStore::isSetAside)
        .map(SimParkedStore::item)
        .filter(item -> item.key().compareTo(after) > 0)
        .limit(limit)
        .toList();
  }

  @Override
  public List<ParkedItem.Total> totals(ParkedQuery query, Optional<Kind> kind) {
    return List.of();
  }

  @Override
  public Optional<Answer> earlier(OperatorRequest request) {
    return Optional.ofNullable(tables.requests.get(request.requestId()));
  }

  @Override
  public Answer resume(OperatorRequest request, long actId, String orderNo, Instant now) {
    Optional<Answer> earlier = earlier(request);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    OrderEntry order = tables.orders.get(orderNo);
    if (order == null || order.state != OrderState.ORDER_STATE_PARKED) {
      return remembered(request, 0);
    }
    order.state = OrderState.ORDER_STATE_RETRYING;
    order.nextAt = now;
    order.tries = 0;
    order.parkReason = SetAsideOrder.RESUMED + order.parkReason;
    order.seq++;
    return remembered(request, 1);
  }

  @Override
  public Answer resume(OperatorRequest request, ParkedQuery query, int limit, Instant now) {
    throw new IllegalStateException("orders are resumed one by one here");
  }

  @Override
  public long resumable(ParkedQuery query) {
    return 0;
  }

  @Override
  public Optional<Discardable> order(long actId, String orderNo) {
    return Optional.ofNullable(tables.orders.get(orderNo))
        .filter(SimParkedStore::isSetAside)
        .map(SimParkedStore::discardable);
  }

  @Override
  public Optional<OpenConflict> conflict(long actId, String orderNo, String conflictId) {
    return Optional.empty();
  }

  @Override
  public Ended discard(OperatorRequest request, Discardable what, Instant now) {
    Optional<Answer> earlier = earlier(request);
    if (earlier.isPresent() && isRemembered()) {
      return new Ended.Done(earlier.get());
    }
    OrderEntry order = Objects.requireNonNull(tables.orders.get(what.orderNo()));
    if (!isAsRead(order, what)) {
      return new Ended.Changed();
    }
    order.state = OrderState.ORDER_STATE_DISCARDED;
    order.nextAt = null;
    order.seq++;
    Lease lease = tables.leases.get(what.countedLease());
    boolean mayBeGiven = endGrant(what.orderNo());
    if (what.units() > 0 && lease != null) {
      lease.parts.get(what.partition()).parked -= what.units();
      if (!mayBeGiven) {
        release(what);
      }
    }
    return new Ended.Done(remembered(request, mayBeGiven ? 0 : what.units()));
  }

  /// Ends the grant that waits with the order; whether its downstream may have given it.
  private boolean endGrant(String orderNo) {
    GrantEntry last = tables.lastGrant(orderNo);
    if (last == null || last.state != GrantRow.State.PARKED) {
      return false;
    }
    last.state = GrantRow.State.DISCARDED;
    last.seq++;
    return last.unknown;
  }

  /// L3: the row, once, and the units.
  void release(Discardable what) {
    Tables.Release release = new Tables.Release(what.budgetId(), what.units());
    if (tables.releases.putIfAbsent(what.releaseName(), release) != null) {
      throw new IllegalStateException(what.releaseName() + " is released again");
    }
    giveBack(what);
  }

  void giveBack(Discardable what) {
    Objects.requireNonNull(tables.budgets.get(what.budgetId())).free += what.units();
  }

  boolean isRemembered() {
    return true;
  }

  boolean isAsRead(OrderEntry order, Discardable what) {
    return order.state.getNumber() == what.state() && order.seq == what.seq();
  }

  @Override
  public Ended pay(OperatorRequest request, OpenConflict conflict, long charged, Instant now) {
    throw new IllegalStateException("no conflict is paid here");
  }

  private Answer remembered(OperatorRequest request, long figure) {
    tables.requests.put(request.requestId(), new Answer.Done(figure, 0, true));
    return new Answer.Done(figure, 0, false);
  }

  private static boolean isSetAside(OrderEntry order) {
    return order.state == OrderState.ORDER_STATE_PARKED
        || order.state == OrderState.ORDER_STATE_RETRYING;
  }

  private static ParkedItem item(OrderEntry order) {
    return new ParkedItem(
        order.state == OrderState.ORDER_STATE_PARKED ? Kind.ORDER : Kind.RETRYING,
        new ParkedItem.Key(order.actId(), order.orderNo(), ""),
        order.activityId(),
        order.given(),
        "",
        "",
        false,
        order.amountFen(),
        order.budgetId(),
        Objects.requireNonNullElse(order.parkReason, ""),
        order.tries,
        order.acceptedAt(),
        Optional.ofNullable(order.nextAt),
        order.countedLease(),
        false);
  }

  private static Discardable discardable(OrderEntry order) {
    return new Discardable(
        order.actId(),
        order.orderNo(),
        "",
        order.partition(),
        order.budgetId(),
        order.countedLease() == 0 ? 0 : order.units(),
        order.countedLease(),
        order.known(),
        order.state.getNumber(),
        order.seq);
  }
}
