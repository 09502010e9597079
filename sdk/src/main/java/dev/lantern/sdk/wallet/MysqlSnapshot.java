package dev.lantern.sdk.wallet;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.OrderState;
import dev.lantern.stores.sql.Row;
import dev.lantern.stores.sql.Rows;
import dev.lantern.stores.sql.Transaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The statements of one snapshot. Each goes by the user first, as every key of the ledger does.
final class MysqlSnapshot implements Ledger.Snapshot {
  /// More inbox rows of one user than this is not a user but a defect.
  static final int INBOX_MAX = 2000;

  private static final Logger LOG = LoggerFactory.getLogger(MysqlSnapshot.class);

  private static final int RETRYING = OrderState.ORDER_STATE_RETRYING.getNumber();
  private static final int PARKED = OrderState.ORDER_STATE_PARKED.getNumber();
  private static final int DISCARDED = OrderState.ORDER_STATE_DISCARDED.getNumber();

  private final Transaction tx;
  private final String schema;

  MysqlSnapshot(Transaction tx, String schema) {
    this.tx = tx;
    this.schema = schema;
  }

  @Override
  public List<Ledger.Booked> booked(WalletKey key) {
    return tx
        .query(
            "select purse, booked_fen, held_fen, income_fen from "
                + schema
                + ".balances where act_id = ? and activity_id = ?",
            key.actId(),
            key.childActivityId())
        .stream()
        .map(row ->
            new Ledger.Booked(
                Purse.ofNumber(row.getInt("purse")),
                row.getLong("booked_fen"),
                row.getLong("held_fen"),
                row.getLong("income_fen")))
        .toList();
  }

  @Override
  public List<Ledger.Waiting> waiting(WalletKey key) {
    String money = " and amount_fen > 0 and given_type in " + MONEY + " group by given_type";
    return tx
        .query(
            "select given_type, count(*) as n, sum(amount_fen) as fen from %1$s.orders"
                    .formatted(schema)
                + " where act_id = ? and activity_id = ? and state in (?, ?)"
                + money
                + " union all select given_type, count(*) as n, sum(amount_fen) as fen from %1$s.conflicts"
                    .formatted(schema)
                + " where act_id = ? and activity_id = ? and state = ?"
                + money,
            key.actId(),
            key.childActivityId(),
            RETRYING,
            PARKED,
            key.actId(),
            key.childActivityId(),
            PARKED)
        .stream()
        .map(row -> new Ledger.Waiting(purse(row), row.getLong("fen"), row.getInt("n")))
        .toList();
  }

  @Override
  public Ledger.Inbox inbox(WalletKey key) {
    List<Row> rows =
        tx.query(
            "select record from %s.inbox where act_id = ? order by created_at, order_no limit ?"
                .formatted(schema),
            key.actId(),
            INBOX_MAX + 1);
    boolean whole = rows.size() <= INBOX_MAX;
    List<Promise> promises = new ArrayList<>();
    for (Row row : rows) {
      try {
        Accepted.promise(AcceptedOrder.parseFrom(row.getBytes("record")), key)
            .ifPresent(promises::add);
      } catch (InvalidProtocolBufferException unreadable) {
        LOG.error("act_id {} has an unreadable inbox row", key.actId(), unreadable);
        whole = false;
      }
    }
    return new Ledger.Inbox(promises, whole);
  }

  /// A row of a record that could not be read is PARKED without an amount or a child: it cannot
  /// stand for its promise, whose token still can. Once an operator has ended it, it does.
  @Override
  public Set<String> handled(long actId, Collection<String> orderNos) {
    Set<String> handled = new HashSet<>();
    List<String> numbers = List.copyOf(orderNos);
    for (int from = 0; from < numbers.size(); from += Rows.MAX) {
      List<String> some = numbers.subList(from, Math.min(from + Rows.MAX, numbers.size()));
      List<Object> args = new ArrayList<>(some.size() + 2);
      args.add(actId);
      args.addAll(some);
      args.add(DISCARDED);
      tx.query(
              "select order_no from %s.orders where act_id = ? and order_no in ".formatted(schema)
                  + Rows.in(some.size())
                  + " and (given_type <> 0 or state = ?)",
              args.toArray())
          .forEach(row -> handled.add(row.getString("order_no")));
    }
    return handled;
  }

  @Override
  public boolean settled(int lane, String epochId) {
    return !tx.query(
            "select 1 from %s.redis_epochs where epoch_id = ? and lane = ? and settled_at is not null"
                .formatted(schema),
            epochId,
            lane)
        .isEmpty();
  }

  @Override
  public List<Flow> flows(WalletKey key, Optional<FlowPosition> after, int limit) {
    return new MysqlFlows(tx, schema).page(key, after, limit);
  }

  /// The award types that are money, as an `in` list of numbers.
  static final String MONEY =
      Arrays.stream(AwardType.values())
          .filter(type -> Purse.of(type).isPresent())
          .map(type -> Integer.toString(type.getNumber()))
          .collect(Collectors.joining(", ", "(", ")"));

  private static Purse purse(Row row) {
    int number = row.getInt("given_type");
    return Optional.ofNullable(AwardType.forNumber(number))
        .flatMap(Purse::of)
        .orElseThrow(() -> new IllegalStateException("award type " + number + " is not money"));
  }
}
