package dev.lantern.simulation.ledger;

import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.grant.DueGrant;
import dev.lantern.ordercenter.grant.GrantId;
import dev.lantern.ordercenter.grant.GrantStore;
import dev.lantern.ordercenter.grant.Instead;
import dev.lantern.ordercenter.order.Outcome;
import dev.lantern.ordercenter.settle.BookingStore.Result;
import dev.lantern.ordercenter.settle.Effects;
import dev.lantern.ordercenter.settle.FundLimits;
import dev.lantern.ordercenter.settle.GrantRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// [GrantStore] over [Tables].
public class SimGrantStore implements GrantStore {
  private final Tables tables;
  private final SimBookingStore books;
  private final FundLimits limits;

  public SimGrantStore(Tables tables, FundLimits limits) {
    this(tables, new SimBookingStore(tables, limits), limits);
  }

  SimGrantStore(Tables tables, SimBookingStore books, FundLimits limits) {
    this.tables = tables;
    this.books = books;
    this.limits = limits;
  }

  @Override
  public List<DueGrant> due(String downstream, Instant now, int limit) {
    return tables.grants.values().stream()
        .filter(grant -> grant.state == GrantRow.State.DUE)
        .filter(grant -> grant.row.delivery().downstream().equals(downstream))
        .filter(grant -> !grant.nextAt.isAfter(now) && isWaitedFor(grant.orderNo()))
        .sorted(Comparator.comparing(grant -> grant.nextAt))
        .limit(limit)
        .map(this::read)
        .toList();
  }

  @Override
  public Optional<DueGrant> claim(DueGrant grant, Instant until) {
    GrantEntry entry = asRead(grant);
    if (entry == null) {
      return Optional.empty();
    }
    entry.nextAt = until;
    entry.tries++;
    entry.seq++;
    return Optional.of(read(entry));
  }

  @Override
  public Result succeed(DueGrant grant, String reference, Instant now) {
    GrantEntry entry = asRead(grant);
    if (entry == null || !isWaitedFor(grant.id().orderNo())) {
      return new Result.NotMine();
    }
    OrderEntry order = order(grant.id().orderNo());
    order.state = OrderState.ORDER_STATE_SUCCESS;
    order.bookedAt = now;
    order.parkReason = null;
    order.seq++;
    entry.state = GrantRow.State.GRANTED;
    entry.seq++;
    return new Result.Done();
  }

  @Override
  public boolean isDiscarded(GrantId id) {
    OrderEntry order = tables.orders.get(id.orderNo());
    return order != null && order.state == OrderState.ORDER_STATE_DISCARDED;
  }

  @Override
  public Result putOff(DueGrant grant, Instant at, boolean unknown, String detail) {
    GrantEntry entry = asRead(grant);
    if (entry == null) {
      return new Result.NotMine();
    }
    entry.nextAt = at;
    entry.unknown = unknown;
    entry.detail = detail;
    entry.seq++;
    return new Result.Done();
  }

  @Override
  public void delay(DueGrant grant, Instant at) {
    GrantEntry entry = asRead(grant);
    if (entry != null) {
      entry.nextAt = at;
      entry.seq++;
    }
  }

  @Override
  public Result refused(DueGrant grant, Instant now, Instant at, String detail) {
    GrantEntry entry = asRead(grant);
    if (entry == null) {
      return new Result.NotMine();
    }
    entry.refusedAt = Objects.requireNonNullElse(entry.refusedAt, now);
    entry.nextAt = at;
    entry.detail = detail;
    entry.seq++;
    return new Result.Done();
  }

  @Override
  public Result compensate(DueGrant grant, Instead instead, Instant now) {
    Optional<String> flaw = flaw(grant, instead);
    if (flaw.isPresent()) {
      return new Result.Refused(flaw.get());
    }
    GrantEntry entry = refusable(grant);
    if (entry == null) {
      return new Result.NotMine();
    }
    Result written = books.commit(effects(grant, instead, now));
    if (written instanceof Result.Done) {
      become(order(grant.id().orderNo()), instead, now);
      entry.state = GrantRow.State.REFUSED;
      entry.refusedAt = Objects.requireNonNullElse(entry.refusedAt, now);
      entry.seq++;
      if (grant.lease() != 0 && !grant.budgetId().isEmpty()) {
        release(grant);
      }
    }
    return written;
  }

  @Override
  public Result park(DueGrant grant, String detail, Instant now) {
    GrantEntry entry = asRead(grant);
    if (entry == null || !isWaitedFor(grant.id().orderNo())) {
      return new Result.NotMine();
    }
    Result written =
        books.commit(Effects.ofParked(grant.lease(), grant.partition(), grant.units(), now));
    if (written instanceof Result.Done) {
      OrderEntry order = order(grant.id().orderNo());
      order.state = OrderState.ORDER_STATE_PARKED;
      order.parkReason = "DOWNSTREAM: " + detail;
      order.seq++;
      entry.state = GrantRow.State.PARKED;
      entry.unknown = true;
      entry.seq++;
    }
    return written;
  }

  @Override
  public List<Overdue> overdue(Instant now, Duration age) {
    return List.of();
  }

  /// The grant, if its refusal may take effect now.
  @Nullable GrantEntry refusable(DueGrant grant) {
    GrantEntry entry = asRead(grant);
    return entry != null && isWaitedFor(grant.id().orderNo()) ? entry : null;
  }

  /// L3: the row, once, and the unit.
  void release(DueGrant grant) {
    Tables.Release release = new Tables.Release(grant.budgetId(), grant.units());
    if (tables.releases.putIfAbsent(grant.id().text(), release) != null) {
      throw new IllegalStateException(grant.id() + " is released again");
    }
    giveBack(grant);
  }

  void giveBack(DueGrant grant) {
    Objects.requireNonNull(tables.budgets.get(grant.budgetId())).free += grant.units();
  }

  private Optional<String> flaw(DueGrant grant, Instead instead) {
    return instead instanceof Instead.Money(Outcome money, _)
        ? limits.flaw(
            grant.parentActivityId(), grant.sceneId(), grant.acceptedAt(), money.amount().value())
        : Optional.empty();
  }

  private Effects effects(DueGrant grant, Instead instead, Instant now) {
    return switch (instead) {
      case Instead.Money(Outcome money, long lease) ->
          Effects.ofMoney(
              grant.id().actId(),
              grant.id().orderNo(),
              grant.parentActivityId(),
              grant.childActivityId(),
              grant.partition(),
              money,
              lease,
              limits.dailyCap(
                  grant.parentActivityId(),
                  grant.sceneId(),
                  grant.id().actId(),
                  grant.acceptedAt()),
              now);
      case Instead.Thing(Outcome thing, long lease) ->
          Effects.ofThing(next(grant, thing, lease, GrantRow.State.DUE, now));
      case Instead.Unpaid(Outcome outcome, _) when outcome.isThing() ->
          Effects.ofThing(next(grant, outcome, 0, GrantRow.State.PARKED, now));
      case Instead.Blessing _, Instead.Unpaid _, Instead.Undecided _ ->
          Effects.of(List.of(), grant.partition(), now);
    };
  }

  private static GrantRow next(
      DueGrant grant, Outcome thing, long lease, GrantRow.State state, Instant now) {
    return new GrantRow(
        grant.id().actId(),
        grant.id().orderNo(),
        grant.id().step() + 1,
        grant.childActivityId(),
        thing,
        thing.delivery().orElseThrow(),
        lease,
        grant.partition(),
        state,
        now);
  }

  private static void become(OrderEntry order, Instead instead, Instant now) {
    switch (instead) {
      case Instead.Money(Outcome outcome, long lease) ->
          order.become(OrderState.ORDER_STATE_SUCCESS, now, null, outcome, lease);
      case Instead.Thing(Outcome outcome, long lease) ->
          order.become(OrderState.ORDER_STATE_GRANTING, null, null, outcome, lease);
      case Instead.Blessing(Outcome outcome) ->
          order.become(OrderState.ORDER_STATE_SUCCESS, now, null, outcome, 0);
      case Instead.Unpaid(Outcome outcome, String why) ->
          order.become(OrderState.ORDER_STATE_PARKED, null, why, outcome, 0);
      case Instead.Undecided(String why) -> order.waitUndecided(why);
    }
  }

  private @Nullable GrantEntry asRead(DueGrant grant) {
    GrantEntry entry = tables.grants.get(grant.id().text());
    return entry != null && entry.isAsRead(grant) ? entry : null;
  }

  private boolean isWaitedFor(String orderNo) {
    OrderEntry order = tables.orders.get(orderNo);
    return order != null && order.state == OrderState.ORDER_STATE_GRANTING;
  }

  private OrderEntry order(String orderNo) {
    return Objects.requireNonNull(tables.orders.get(orderNo));
  }

  private DueGrant read(GrantEntry entry) {
    return entry.read(order(entry.orderNo()));
  }
}
