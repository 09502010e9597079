package dev.lantern.ordercenter.settle;

import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.OrderState;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.Row;
import dev.lantern.stores.sql.Rows;
import dev.lantern.stores.sql.Transaction;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// [BookingStore] on MySQL.
///
/// Every transaction takes its locks in one order: offset row, orders by key, postings, balances by
/// user, lease rows, platform accounts. Groups of different partitions meet on platform accounts
/// alone, in rows of their own partition; a forced token meets its user's group on the order's row.
public final class MysqlBookingStore implements BookingStore {
  private static final long NO_LEASE = 0;
  private static final String SET_ASIDE =
      "select act_id, order_no, parent_activity_id, activity_id, scene_id, partition_no,"
          + " given_type, amount_fen, budget_id, counted_lease_id, state, accepted_at, park_reason,"
          + " tries, seq from orders";

  private final Database database;
  private final BooksReader reader;
  private final FundLimits limits;

  public MysqlBookingStore(Database database) {
    this(database, FundLimits.NONE);
  }

  /// The store over a database.
  ///
  /// @param limits what orders that are booked late are counted towards
  public MysqlBookingStore(Database database, FundLimits limits) {
    this.database = database;
    this.reader = new BooksReader(database);
    this.limits = limits;
  }

  @Override
  public Books lookUp(Collection<? extends LogRecord> records) {
    return reader.read(records);
  }

  @Override
  public Result commit(Advance advance, Effects effects) {
    return transact(tx -> {
      step(tx, advance);
      EffectsWriter.write(tx, effects);
      drain(tx, advance.drained());
    });
  }

  @Override
  public Result commit(Effects effects) {
    return transact(tx -> EffectsWriter.write(tx, effects));
  }

  /// The same, with a step of the caller's own before it in the same transaction: what a payment
  /// marks as paid is booked, and the other way round.
  ///
  /// @param first whether it is still the caller's to do; false rolls back
  /// @return [Result.NotMine] when `first` says no
  public Result commit(Effects effects, Predicate<Transaction> first) {
    return transact(tx -> {
      if (!first.test(tx)) {
        throw new LedgerWrites.RolledBack(new Result.NotMine());
      }
      EffectsWriter.write(tx, effects);
    });
  }

  @Override
  public Set<Long> fenced(int partition, Collection<Long> leases) {
    Set<Long> closed = new HashSet<>(leases);
    Object[] args = new Object[leases.size() + 1];
    args[0] = partition;
    System.arraycopy(leases.toArray(), 0, args, 1, leases.size());
    database
        .query(
            "select lease_id from lease_booked where partition_no = ? and fenced = false"
                + " and lease_id in "
                + Rows.in(leases.size()),
            args)
        .forEach(row -> closed.remove(row.getLong("lease_id")));
    return closed;
  }

  @Override
  public List<SetAsideOrder> due(Instant now, int limit) {
    return database
        .query(
            SET_ASIDE + " where state = ? and next_at <= ? order by next_at limit " + limit,
            OrderState.ORDER_STATE_RETRYING.getNumber(),
            now)
        .stream()
        .map(MysqlBookingStore::setAside)
        .toList();
  }

  /// The RETRYING and PARKED rows of one user, oldest first, at most `limit`.
  public List<SetAsideOrder> ofUser(long actId, int limit) {
    return database
        .query(
            SET_ASIDE
                + " where act_id = ? and state in (?, ?) order by accepted_at, order_no limit "
                + limit,
            actId,
            OrderState.ORDER_STATE_RETRYING.getNumber(),
            OrderState.ORDER_STATE_PARKED.getNumber())
        .stream()
        .map(MysqlBookingStore::setAside)
        .toList();
  }

  @Override
  public Result resume(SetAsideOrder order, Instant now) {
    Effects effects = Effects.ofResumed(order, now, limits);
    return transact(tx -> {
      long rows =
          tx.update(
              "update orders set state = ?, booked_at = ?, next_at = null, park_reason = null,"
                  + " counted_lease_id = ?, seq = seq + 1"
                  + " where act_id = ? and order_no = ? and state = ? and seq = ?",
              order.resumed().getNumber(),
              order.thing() ? null : now,
              order.leaseFromNowOn(),
              order.actId(),
              order.orderNo(),
              order.state().getNumber(),
              order.seq());
      LedgerWrites.requireOne(rows, new Result.NotMine());
      if (order.thing()) {
        Grants.askAgain(tx, order, now);
      }
      EffectsWriter.write(tx, effects);
    });
  }

  @Override
  public boolean putOff(SetAsideOrder order, SetAside setAside) {
    return switch (setAside) {
      case SetAside.Nothing() -> false;
      case SetAside.ParkAs(String why) ->
          putOff(order, OrderState.ORDER_STATE_PARKED, why, Optional.empty());
      case SetAside.RetryAs(String why, Instant nextAt) ->
          putOff(order, OrderState.ORDER_STATE_RETRYING, why, Optional.of(nextAt));
    };
  }

  private boolean putOff(
      SetAsideOrder order, OrderState state, String why, Optional<Instant> nextAt) {
    return database.update(
            "update orders set state = ?, park_reason = ?, next_at = ?, tries = tries + 1,"
                + " seq = seq + 1 where act_id = ? and order_no = ? and state = ? and seq = ?",
            state.getNumber(),
            why,
            nextAt.orElse(null),
            order.actId(),
            order.orderNo(),
            order.state().getNumber(),
            order.seq())
        == 1;
  }

  private static void step(Transaction tx, Advance advance) {
    PartitionId id = advance.claim().id();
    long rows =
        tx.update(
            "update queue_offsets set next_offset = ?, seq = seq + 1 where lane = ? and"
                + " topic_id = ? and partition_no = ? and next_offset = ? and epoch = ?",
            advance.to(),
            id.log().lane().getNumber(),
            id.log().topicId(),
            id.partition(),
            advance.from(),
            advance.claim().epoch());
    LedgerWrites.requireOne(rows, new Result.NotMine());
  }

  /// Point deletes by the whole key, as [BooksReader] reads.
  private static void drain(Transaction tx, List<InboxKey> rows) {
    if (rows.isEmpty()) {
      return;
    }
    Object[] keys = new Object[2 * rows.size()];
    int n = 0;
    for (InboxKey row : rows) {
      keys[n++] = row.actId();
      keys[n++] = row.orderNo();
    }
    tx.update(
        "delete i from (select ? as act_id, ? as order_no"
            + " union all select ?, ?".repeat(rows.size() - 1)
            + ") as k straight_join inbox i on i.act_id = k.act_id and i.order_no = k.order_no",
        keys);
  }

  private Result transact(Consumer<Transaction> body) {
    return LedgerWrites.transact(database, body);
  }

  private static SetAsideOrder setAside(Row row) {
    return new SetAsideOrder(
        row.getLong("act_id"),
        row.getString("order_no"),
        row.getString("parent_activity_id"),
        row.getString("activity_id"),
        row.getString("scene_id"),
        row.getInt("partition_no"),
        Optional.ofNullable(AwardType.forNumber(row.getInt("given_type")))
            .orElse(AwardType.UNRECOGNIZED),
        row.getLong("amount_fen"),
        row.getString("budget_id"),
        row.getLong("counted_lease_id"),
        NO_LEASE,
        OrderState.forNumber(row.getInt("state")),
        row.getInstant("accepted_at"),
        row.findString("park_reason").orElse(""),
        row.getInt("tries"),
        row.getLong("seq"));
  }
}
