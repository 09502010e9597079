package dev.lantern.ordercenter.reissue;

import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.settle.BookingStore;
import dev.lantern.ordercenter.settle.Effects;
import dev.lantern.ordercenter.settle.MysqlBookingStore;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.Row;
import dev.lantern.stores.sql.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// [PaymentStore] in MySQL. A payment's transaction locks the reissue's row first, then its own,
/// then what every booking locks, in the same order.
public final class MysqlPaymentStore implements PaymentStore {
  private static final int NOTE_MAX = 200;
  private static final String ORDER =
      "select (select i.order_no from inbox i where i.act_id = ? and i.order_no = ? limit 1)"
          + " as waiting, o.state from (select 1 as one) d"
          + " left join orders o on o.act_id = ? and o.order_no = ?";

  private final Database database;
  private final MysqlBookingStore books;

  public MysqlPaymentStore(Database database, MysqlBookingStore books) {
    this.database = database;
    this.books = books;
  }

  @Override
  public List<Reissue> running(int limit) {
    return ReissueRows.select(
        database,
        "where state = ? order by reissue_id limit " + limit,
        Reissue.State.RUNNING.number());
  }

  @Override
  public Optional<Hold> take(Reissue seen, String me) {
    long rows =
        database.update(
            "update reissues set owner = ?, epoch = epoch + 1, seq = seq + 1"
                + " where reissue_id = ? and epoch = ? and seq = ? and state = ?",
            me,
            seen.id(),
            seen.epoch(),
            seen.seq(),
            Reissue.State.RUNNING.number());
    return rows == 1 ? Optional.of(new Hold(seen.id(), me, seen.epoch() + 1)) : Optional.empty();
  }

  @Override
  public boolean touch(Hold hold) {
    return database.inTransaction(tx -> holds(tx, hold));
  }

  @Override
  public List<Payment> pending(Hold hold, int limit) {
    return ReissueRows.payments(
            database,
            "where reissue_id = ? and state = ? order by row_no limit " + limit,
            hold.reissueId(),
            Payment.State.PENDING.number())
        .stream()
        .map(Payment.Result::payment)
        .toList();
  }

  /// One statement reads both tables, so that an order on its way from the inbox to its row cannot
  /// slip between two reads.
  @Override
  public Optional<OrderState> order(Payment payment) {
    long actId = payment.orderNo().actId().value();
    String number = payment.orderNo().text();
    Row row = database.query(ORDER, actId, number, actId, number).getFirst();
    OptionalLong state = row.findLong("state");
    if (state.isPresent()) {
      return Optional.of(OrderState.forNumber(Math.toIntExact(state.getAsLong())));
    }
    return row.findString("waiting").map(_ -> OrderState.ORDER_STATE_PROCESSING);
  }

  @Override
  public BookingStore.Result pay(Hold hold, Payment payment, Effects effects, Instant now) {
    return books.commit(
        effects,
        tx ->
            holds(tx, hold)
                && tx.update(
                        "update reissue_rows set state = ?, booked_at = ?, seq = seq + 1"
                            + " where reissue_id = ? and row_no = ? and state = ?",
                        Payment.State.PAID.number(),
                        now,
                        hold.reissueId(),
                        payment.rowNo(),
                        Payment.State.PENDING.number())
                    == 1);
  }

  @Override
  public void end(Hold hold, Payment payment, Payment.State state, String note) {
    database.inTransaction(tx ->
        holds(tx, hold)
            && tx.update(
                    "update reissue_rows set state = ?, note = ?, seq = seq + 1"
                        + " where reissue_id = ? and row_no = ? and state = ?",
                    state.number(),
                    note.length() <= NOTE_MAX ? note : note.substring(0, NOTE_MAX),
                    hold.reissueId(),
                    payment.rowNo(),
                    Payment.State.PENDING.number())
                == 1);
  }

  @Override
  public void pause(Hold hold, String note) {
    var _ =
        database.update(
            "update reissues set state = ?, note = ?, seq = seq + 1"
                + " where reissue_id = ? and owner = ? and epoch = ? and state = ?",
            Reissue.State.PAUSED.number(),
            note,
            hold.reissueId(),
            hold.owner(),
            hold.epoch(),
            Reissue.State.RUNNING.number());
  }

  @Override
  public void finish(Hold hold, Instant now) {
    database.inTransaction(tx -> {
      if (!holds(tx, hold)) {
        return 0L;
      }
      boolean left =
          !tx.query(
                  "select row_no from reissue_rows where reissue_id = ? and state = ? limit 1",
                  hold.reissueId(),
                  Payment.State.PENDING.number())
              .isEmpty();
      return left
          ? 0L
          : tx.update(
              "update reissues set state = ?, ended_at = ?, seq = seq + 1 where reissue_id = ?",
              Reissue.State.DONE.number(),
              now,
              hold.reissueId());
    });
  }

  private static boolean holds(Transaction tx, Hold hold) {
    return tx.update(
            "update reissues set seq = seq + 1"
                + " where reissue_id = ? and owner = ? and epoch = ? and state = ?",
            hold.reissueId(),
            hold.owner(),
            hold.epoch(),
            Reissue.State.RUNNING.number())
        == 1;
  }
}
