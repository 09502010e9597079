package dev.lantern.ordercenter.fund;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.settle.DailyCap;
import dev.lantern.ordercenter.settle.Promise;
import dev.lantern.ordercenter.settle.RecordReader;
import dev.lantern.ordercenter.sweep.StoredToken;
import dev.lantern.ordercenter.sweep.TokenStore;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.Row;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// [SpentToday] from the tokens, then the inbox, then the ledger's rows: an order that is booked in
/// between is seen twice under one number, never not at all. Point reads by the user.
public final class StoredSpent implements SpentToday {
  private final TokenStore tokens;
  private final Database database;

  public StoredSpent(TokenStore tokens, Database database) {
    this.tokens = tokens;
    this.database = database;
  }

  @Override
  public Map<String, Long> of(DailyCap.Day day, Instant from, Instant to) {
    Map<String, Long> spent = new HashMap<>();
    for (StoredToken token : tokens.ofUser(day.actId())) {
      add(spent, token.promise(), day, from, to);
    }
    ofLedger(day, from, to).forEach((number, fen) -> spent.merge(number, fen, Math::max));
    return spent;
  }

  @Override
  public Map<String, Long> ofLedger(DailyCap.Day day, Instant from, Instant to) {
    Map<String, Long> spent = new HashMap<>();
    for (Row row :
        database.query("select record from inbox where act_id = ? limit 1000", day.actId())) {
      add(spent, promise(row), day, from, to);
    }
    for (Row row :
        database.query(
            "select order_no, amount_fen from orders where act_id = ? and parent_activity_id = ?"
                + " and accepted_at >= ? and accepted_at < ? and state <> ?",
            day.actId(),
            day.parentActivityId(),
            from,
            to,
            OrderState.ORDER_STATE_DISCARDED.getNumber())) {
      spent.merge(row.getString("order_no"), row.getLong("amount_fen"), Math::max);
    }
    return spent;
  }

  private static void add(
      Map<String, Long> spent, Promise promise, DailyCap.Day day, Instant from, Instant to) {
    boolean counts =
        promise.parentActivityId().equals(day.parentActivityId())
            && !promise.acceptedAt().isBefore(from)
            && promise.acceptedAt().isBefore(to);
    if (counts) {
      spent.merge(promise.orderNo().text(), promise.outcome().amount().value(), Math::max);
    }
  }

  private static Promise promise(Row row) {
    try {
      return RecordReader.promise(ByteString.copyFrom(row.getBytes("record")));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an inbox record that is none", e);
    }
  }
}
