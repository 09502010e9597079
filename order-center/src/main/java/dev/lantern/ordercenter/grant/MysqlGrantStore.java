package dev.lantern.ordercenter.grant;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.order.Outcome;
import dev.lantern.ordercenter.settle.BookingStore.Result;
import dev.lantern.ordercenter.settle.Effects;
import dev.lantern.ordercenter.settle.FundLimits;
import dev.lantern.ordercenter.settle.GrantRow;
import dev.lantern.ordercenter.settle.LedgerWrites;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.Row;
import dev.lantern.stores.sql.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// [GrantStore] on MySQL.
///
/// Locks are taken as everywhere: the order, its grants, then what [LedgerWrites] writes, and the
/// budget's row last.
public final class MysqlGrantStore implements GrantStore {
  private static final int GRANTING = OrderState.ORDER_STATE_GRANTING.getNumber();
  private static final int DETAIL_MAX = 200;
  private static final int REFERENCE_MAX = 128;

  private static final String THIS =
      " where act_id = ? and order_no = ? and step = ? and state = "
          + GrantRow.State.DUE.code()
          + " and seq = ?";

  private final Database database;
  private final FundLimits limits;

  /// The store over a database.
  ///
  /// @param limits what money that is given instead is judged by, and counted towards
  public MysqlGrantStore(Database database, FundLimits limits) {
    this.database = database;
    this.limits = limits;
  }

  @Override
  public List<DueGrant> due(String downstream, Instant now, int limit) {
    return database
        .query(
            "select g.*, o.parent_activity_id, o.scene_id, o.accepted_at from grants g"
                + " join orders o on o.act_id = g.act_id and o.order_no = g.order_no"
                + " where g.downstream = ? and g.state = ? and g.next_at <= ? and o.state = ?"
                + " order by g.next_at limit "
                + limit,
            downstream,
            GrantRow.State.DUE.code(),
            now,
            GRANTING)
        .stream()
        .map(MysqlGrantStore::read)
        .toList();
  }

  @Override
  public Optional<DueGrant> claim(DueGrant grant, Instant until) {
    long won =
        database.update(
            "update grants set next_at = ?, tries = tries + 1, seq = seq + 1" + THIS,
            with(grant, until));
    return won == 1 ? Optional.of(grant.claimed()) : Optional.empty();
  }

  @Override
  public Result succeed(DueGrant grant, String reference, Instant now) {
    return LedgerWrites.transact(
        database,
        tx -> {
          requireOrder(
              tx,
              grant,
              "update orders set state = ?, booked_at = ?, park_reason = null, seq = seq + 1",
              OrderState.ORDER_STATE_SUCCESS.getNumber(),
              now);
          requireGrant(
              tx,
              grant,
              "update grants set state = ?, reference = ?, ended_at = ?, seq = seq + 1",
              GrantRow.State.GRANTED.code(),
              clip(reference, REFERENCE_MAX),
              now);
        });
  }

  @Override
  public boolean isDiscarded(GrantId id) {
    return !database
        .query(
            "select 1 as one from orders where act_id = ? and order_no = ? and state = ?",
            id.actId(),
            id.orderNo(),
            OrderState.ORDER_STATE_DISCARDED.getNumber())
        .isEmpty();
  }

  @Override
  public Result putOff(DueGrant grant, Instant at, boolean unknown, String detail) {
    return LedgerWrites.transact(
        database,
        tx ->
            requireGrant(
                tx,
                grant,
                "update grants set next_at = ?, unknown = ?, detail = ?, seq = seq + 1",
                at,
                unknown,
                clip(detail, DETAIL_MAX)));
  }

  @Override
  public void delay(DueGrant grant, Instant at) {
    database.update("update grants set next_at = ?, seq = seq + 1" + THIS, with(grant, at));
  }

  @Override
  public Result refused(DueGrant grant, Instant now, Instant at, String detail) {
    return LedgerWrites.transact(
        database,
        tx ->
            requireGrant(
                tx,
                grant,
                "update grants set refused_at = coalesce(refused_at, ?), next_at = ?, detail = ?,"
                    + " seq = seq + 1",
                now,
                at,
                clip(detail, DETAIL_MAX)));
  }

  @Override
  public Result compensate(DueGrant grant, Instead instead, Instant now) {
    Optional<String> flaw = flaw(grant, instead);
    if (flaw.isPresent()) {
      return new Result.Refused(flaw.get());
    }
    Compensation change = Compensation.of(grant, instead, now, limits);
    return LedgerWrites.transact(
        database,
        tx -> {
          requireOrder(tx, grant, change.updateOrder(), change.orderArgs().toArray());
          requireGrant(
              tx,
              grant,
              "update grants set state = ?, refused_at = coalesce(refused_at, ?), ended_at = ?,"
                  + " detail = ?, seq = seq + 1",
              GrantRow.State.REFUSED.code(),
              now,
              now,
              clip(grant.detail(), DETAIL_MAX));
          LedgerWrites.write(tx, change.effects());
          release(tx, grant, now);
        });
  }

  private Optional<String> flaw(DueGrant grant, Instead instead) {
    return instead instanceof Instead.Money(Outcome money, _)
        ? limits.flaw(
            grant.parentActivityId(), grant.sceneId(), grant.acceptedAt(), money.amount().value())
        : Optional.empty();
  }

  @Override
  public Result park(DueGrant grant, String detail, Instant now) {
    String why = clip("DOWNSTREAM: " + detail, DETAIL_MAX);
    return LedgerWrites.transact(
        database,
        tx -> {
          requireOrder(
              tx,
              grant,
              "update orders set state = ?, park_reason = ?, seq = seq + 1",
              OrderState.ORDER_STATE_PARKED.getNumber(),
              why);
          requireGrant(
              tx,
              grant,
              "update grants set state = ?, unknown = true, detail = ?, seq = seq + 1",
              GrantRow.State.PARKED.code(),
              clip(detail, DETAIL_MAX));
          LedgerWrites.write(
              tx, Effects.ofParked(grant.lease(), grant.partition(), grant.units(), now));
        });
  }

  @Override
  public List<Overdue> overdue(Instant now, Duration age) {
    return database
        .query(
            "select downstream, count(*) as n, min(created_at) as oldest from grants"
                + " where state = ? and next_at <= ? group by downstream",
            GrantRow.State.DUE.code(),
            now.minus(age))
        .stream()
        .map(row ->
            new Overdue(row.getString("downstream"), row.getLong("n"), row.getInstant("oldest")))
        .toList();
  }

  /// What was counted comes back by a row of its own; `lease_booked` never falls (L3). The row's
  /// key is the grant's, so it cannot come back twice, whoever tries.
  private static void release(Transaction tx, DueGrant grant, Instant now) {
    if (!grant.isCounted()) {
      return;
    }
    tx.update(
        "insert into releases (order_no, step, budget_id, amount, applied_at)"
            + " values (?, ?, ?, ?, ?)",
        grant.id().orderNo(),
        grant.id().step(),
        grant.budgetId(),
        grant.units(),
        now);
    LedgerWrites.requireOne(
        tx.update(
            "update budgets set free = free + ?, seq = seq + 1 where budget_id = ?",
            grant.units(),
            grant.budgetId()),
        new Result.Refused("NO_BUDGET_ROW"));
  }

  private static void requireOrder(Transaction tx, DueGrant grant, String update, Object... args) {
    Object[] all = Arrays.copyOf(args, args.length + 3);
    all[args.length] = grant.id().actId();
    all[args.length + 1] = grant.id().orderNo();
    all[args.length + 2] = GRANTING;
    LedgerWrites.requireOne(
        tx.update(update + " where act_id = ? and order_no = ? and state = ?", all),
        new Result.NotMine());
  }

  private static void requireGrant(Transaction tx, DueGrant grant, String update, Object... args) {
    LedgerWrites.requireOne(tx.update(update + THIS, with(grant, args)), new Result.NotMine());
  }

  private static Object[] with(DueGrant grant, Object... args) {
    Object[] all = Arrays.copyOf(args, args.length + 4);
    all[args.length] = grant.id().actId();
    all[args.length + 1] = grant.id().orderNo();
    all[args.length + 2] = grant.id().step();
    all[args.length + 3] = grant.seq();
    return all;
  }

  private static DueGrant read(Row row) {
    return new DueGrant(
        new GrantId(row.getLong("act_id"), row.getString("order_no"), row.getInt("step")),
        row.getString("downstream"),
        Objects.requireNonNull(AwardType.forNumber(row.getInt("award_type"))),
        row.getString("template_id"),
        row.getString("reward_id"),
        row.getString("parent_activity_id"),
        row.getString("activity_id"),
        row.getString("scene_id"),
        row.getInstant("accepted_at"),
        row.getString("budget_id"),
        row.getLong("lease_id"),
        row.getInt("partition_no"),
        row.getLong("units"),
        row.findBytes("instead").map(MysqlGrantStore::outcome),
        row.getInt("tries"),
        row.getBoolean("unknown"),
        row.findInstant("refused_at"),
        row.getString("detail"),
        row.getLong("seq"));
  }

  private static Outcome outcome(byte[] bytes) {
    try {
      return Outcome.of(dev.lantern.acceptlog.v1.Outcome.parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a fallback that is none", e);
    }
  }

  private static String clip(String text, int max) {
    return text.length() <= max ? text : text.substring(0, max);
  }
}
