package dev.lantern.sdk.wallet;

import dev.lantern.order.v1.OrderState;
import dev.lantern.stores.sql.Row;
import dev.lantern.stores.sql.Transaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Flows out of `orders` and `conflicts`, by keyset: a page costs the same wherever it is.
///
/// `orders` goes along its index `flows`. Order numbers compare byte by byte there (utf8mb4_bin) as
/// they do in [FlowPosition].
final class MysqlFlows {
  private final Transaction tx;
  private final String schema;

  MysqlFlows(Transaction tx, String schema) {
    this.tx = tx;
    this.schema = schema;
  }

  List<Flow> page(WalletKey key, Optional<FlowPosition> after, int limit) {
    List<Flow> flows = new ArrayList<>(orders(key, after, limit));
    flows.addAll(conflicts(key, after, limit));
    flows.sort(Comparator.comparing(Flow::position));
    return List.copyOf(flows.subList(0, Math.min(limit, flows.size())));
  }

  private List<Flow> orders(WalletKey key, Optional<FlowPosition> after, int limit) {
    List<Object> args = of(key);
    String from = "";
    if (after.isPresent()) {
      FlowPosition last = after.get();
      // Among equals the order itself comes after its conflicts.
      from =
          " and accepted_at <= ? and (accepted_at < ? or order_no %s ?)"
              .formatted(last.entry().isEmpty() ? "<" : "<=");
      args.addAll(List.of(last.acceptedAt(), last.acceptedAt(), last.orderNo()));
    }
    args.add(limit);
    return tx
        .query(
            "select order_no, amount_fen, state, title, accepted_at from %s.orders"
                    .formatted(schema)
                + " where act_id = ? and activity_id = ? and amount_fen > 0 and given_type in "
                + MysqlSnapshot.MONEY
                + from
                + " order by accepted_at desc, order_no desc limit ?",
            args.toArray())
        .stream()
        .map(row ->
            flow(
                row,
                FlowPosition.ofOrder(row.getInstant("accepted_at"), row.getString("order_no"))))
        .toList();
  }

  private List<Flow> conflicts(WalletKey key, Optional<FlowPosition> after, int limit) {
    List<Object> args = of(key);
    String from = "";
    if (after.isPresent()) {
      FlowPosition last = after.get();
      from =
          " and accepted_at <= ? and (accepted_at < ? or order_no < ? or (order_no = ?"
              + " and concat(fingerprint, outcome) < ?))";
      args.addAll(
          Arrays.asList(
              last.acceptedAt(),
              last.acceptedAt(),
              last.orderNo(),
              last.orderNo(),
              HexFormat.of().parseHex(last.entry())));
    }
    args.add(limit);
    return tx
        .query(
            "select order_no, fingerprint, outcome, amount_fen, state, title, accepted_at from"
                + " %s.conflicts".formatted(schema)
                + " where act_id = ? and activity_id = ? and amount_fen > 0 and given_type in "
                + MysqlSnapshot.MONEY
                + from
                + " order by accepted_at desc, order_no desc, fingerprint desc, outcome desc"
                + " limit ?",
            args.toArray())
        .stream()
        .map(row ->
            flow(
                row,
                new FlowPosition(
                    row.getInstant("accepted_at"),
                    row.getString("order_no"),
                    HexFormat.of().formatHex(row.getBytes("fingerprint"))
                        + HexFormat.of().formatHex(row.getBytes("outcome")))))
        .toList();
  }

  private static List<Object> of(WalletKey key) {
    return new ArrayList<>(List.of(key.actId(), key.childActivityId()));
  }

  private static Flow flow(Row row, FlowPosition position) {
    return new Flow(position, row.getLong("amount_fen"), state(row), row.getString("title"));
  }

  private static Flow.State state(Row row) {
    int number = row.getInt("state");
    OrderState state = Optional.ofNullable(OrderState.forNumber(number)).orElseThrow();
    return switch (state) {
      case ORDER_STATE_PROCESSING, ORDER_STATE_RETRYING, ORDER_STATE_PARKED ->
          Flow.State.PROCESSING;
      case ORDER_STATE_SUCCESS -> Flow.State.DONE;
      case ORDER_STATE_DISCARDED -> Flow.State.FAILED;
      case ORDER_STATE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalStateException("no order is in state " + number);
    };
  }
}
