package dev.lantern.ordercenter.parked;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.operator.Answer;
import dev.lantern.ordercenter.operator.OperatorRequest;
import dev.lantern.ordercenter.operator.OperatorRequests;
import dev.lantern.ordercenter.operator.OperatorRequests.Figures;
import dev.lantern.ordercenter.settle.ConflictBooking;
import dev.lantern.ordercenter.settle.DailyCap;
import dev.lantern.ordercenter.settle.FundLimits;
import dev.lantern.ordercenter.settle.KnownOrder;
import dev.lantern.ordercenter.settle.RecordReader;
import dev.lantern.ordercenter.settle.SetAsideOrder;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.Row;
import dev.lantern.stores.sql.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// [ParkedStore] in MySQL.
///
/// Locks are taken as bookings take them (orders, postings, balances, lease rows, accounts), the
/// budget's row last: who holds it waits for nobody here.
public final class MysqlParkedStore implements ParkedStore {
  private static final int RETRYING = OrderState.ORDER_STATE_RETRYING.getNumber();
  private static final int PARKED = OrderState.ORDER_STATE_PARKED.getNumber();
  private static final int PAID = OrderState.ORDER_STATE_SUCCESS.getNumber();

  private static final String STAYS_SPENT =
      ": its downstream may have given it, so its unit stays spent";

  private final Database database;
  private final ParkedListing listing;
  private final FundLimits limits;

  /// The store over a database.
  ///
  /// @param limits tell which days what is paid counts towards; it is held against none
  public MysqlParkedStore(Database database, FundLimits limits) {
    this.database = database;
    this.limits = limits.counting();
    this.listing = new ParkedListing(database);
  }

  @Override
  public List<ParkedItem> list(
      ParkedQuery query, Optional<ParkedItem.Kind> kind, ParkedItem.Key after, int limit) {
    return listing.list(query, kind, after, limit);
  }

  @Override
  public List<ParkedItem.Total> totals(ParkedQuery query, Optional<ParkedItem.Kind> kind) {
    return listing.totals(query, kind);
  }

  @Override
  public Optional<Answer> earlier(OperatorRequest request) {
    return OperatorRequests.earlier(database, request);
  }

  @Override
  public Answer resume(OperatorRequest request, long actId, String orderNo, Instant now) {
    ParkedFilter one =
        ParkedFilter.ofOrders(ParkedQuery.ALL, true, false)
            .and("o.act_id = ?", actId)
            .and("o.order_no = ?", orderNo);
    return resume(request, one, 1, now);
  }

  @Override
  public Answer resume(OperatorRequest request, ParkedQuery query, int limit, Instant now) {
    return resume(request, ParkedFilter.ofOrders(query, true, false), limit, now);
  }

  private Answer resume(OperatorRequest request, ParkedFilter filter, int limit, Instant now) {
    filter.resumable();
    return OperatorRequests.once(
        database,
        request,
        tx -> {
          List<Row> rows =
              tx.query(
                  "select o.act_id, o.order_no, o.seq from orders o"
                      + filter.sql()
                      + " limit "
                      + limit,
                  filter.args());
          long resumed = 0;
          for (Row row : rows) {
            resumed += resume(tx, row, now);
          }
          return new Figures(resumed, 0);
        });
  }

  private static long resume(Transaction tx, Row row, Instant now) {
    return tx.update(
        "update orders set state = ?, next_at = ?, tries = 0,"
            + " park_reason = left(concat(?, park_reason), 200), seq = seq + 1"
            + " where act_id = ? and order_no = ? and state = ? and seq = ?",
        RETRYING,
        now,
        SetAsideOrder.RESUMED,
        row.getLong("act_id"),
        row.getString("order_no"),
        PARKED,
        row.getLong("seq"));
  }

  @Override
  public long resumable(ParkedQuery query) {
    ParkedFilter filter = ParkedFilter.ofOrders(query, true, false).resumable();
    return database
        .query("select count(*) as n from orders o" + filter.sql(), filter.args())
        .getFirst()
        .getLong("n");
  }

  @Override
  public Optional<Discardable> order(long actId, String orderNo) {
    return database
        .query(
            "select act_id, order_no, partition_no, budget_id, units, counted_lease_id, state, seq, "
                + KnownOrder.COLUMNS
                + " from orders where act_id = ? and order_no = ?"
                + " and state in (?, ?)",
            actId,
            orderNo,
            RETRYING,
            PARKED)
        .stream()
        .findFirst()
        .map(MysqlParkedStore::discardable);
  }

  private static Discardable discardable(Row row) {
    return new Discardable(
        row.getLong("act_id"),
        row.getString("order_no"),
        "",
        row.getInt("partition_no"),
        row.getString("budget_id"),
        row.getLong("counted_lease_id") == 0 ? 0 : row.getLong("units"),
        row.getLong("counted_lease_id"),
        KnownOrder.read(row),
        row.getInt("state"),
        row.getLong("seq"));
  }

  @Override
  public Optional<OpenConflict> conflict(long actId, String orderNo, String conflictId) {
    return database
        .query(
            "select act_id, order_no, fingerprint, outcome, partition_no, counted_lease_id, record,"
                + " seq from conflicts where act_id = ? and order_no = ? and state = ?",
            actId,
            orderNo,
            PARKED)
        .stream()
        .filter(row -> ConflictId.of(ParkedListing.key(row).promise()).equals(conflictId))
        .findFirst()
        .map(MysqlParkedStore::conflict);
  }

  private static OpenConflict conflict(Row row) {
    try {
      return new OpenConflict(
          ParkedListing.key(row),
          RecordReader.promise(ByteString.copyFrom(row.getBytes("record"))),
          row.getInt("partition_no"),
          row.getLong("counted_lease_id"),
          row.getLong("seq"));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a conflict's record that is none", e);
    }
  }

  @Override
  public Ended discard(OperatorRequest request, Discardable what, Instant now) {
    return ended(() ->
        OperatorRequests.once(
            database,
            request,
            tx -> {
              requireOne(Discarding.end(tx, what));
              if (Discarding.endGrant(tx, what, now)) {
                Discarding.keep(tx, what);
                return new Figures(0, what.units(), STAYS_SPENT);
              }
              Discarding.release(tx, what, now);
              return new Figures(what.units(), 0);
            }));
  }

  @Override
  public Ended pay(OperatorRequest request, OpenConflict conflict, long chargedLease, Instant now) {
    ParkedItem.Key key = conflict.key();
    Optional<DailyCap> day = limits.dailyCap(conflict.promise());
    return ended(() ->
        OperatorRequests.once(
            database,
            request,
            tx -> {
              requireOne(
                  tx.update(
                      "update conflicts set state = ?, counted_lease_id = "
                          + (chargedLease == 0 ? "counted_lease_id" : chargedLease)
                          + ", seq = seq + 1"
                          + ConflictRow.WHERE,
                      ConflictRow.args(
                          PAID, key.actId(), key.orderNo(), key.promise(), conflict.seq())));
              ConflictBooking.pay(
                  tx,
                  conflict.promise(),
                  ConflictId.of(key.promise()),
                  conflict.partition(),
                  conflict.countedLease(),
                  chargedLease,
                  day,
                  now);
              return new Figures(conflict.promise().units(), 0);
            }));
  }

  private static void requireOne(long rows) {
    if (rows != 1) {
      throw new ChangedException();
    }
  }

  private static Ended ended(Supplier<Answer> step) {
    try {
      return new Ended.Done(step.get());
    } catch (ChangedException changed) {
      return new Ended.Changed();
    } catch (ConflictBooking.FencedException fenced) {
      return new Ended.Fenced();
    }
  }

  /// Leaves a transaction's body, so that it is rolled back: the row is not as it was read.
  private static final class ChangedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ChangedException() {
      super(null, null, false, false);
    }
  }
}
