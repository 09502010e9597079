package dev.lantern.sdk.wallet;

import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.OrderState;
import dev.lantern.stores.sql.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A question to the ledger as one statement. Every part goes by the user first, as every key of
/// the ledger does; `orders` goes along its primary key and its index `flows`.
///
/// The columns: `part`, three numbers, two texts, bytes, a time.
record BooksStatement(String sql, List<Object> args) {
  static final int SETTLED = 1;
  static final int HANDLED = 2;
  static final int INBOX = 3;
  static final int BOOKED = 4;
  static final int WAITING = 5;
  static final int FLOW = 6;

  /// More inbox rows of one user than this is not a user but a defect.
  static final int INBOX_MAX = 2000;

  private static final int RETRYING = OrderState.ORDER_STATE_RETRYING.getNumber();
  private static final int PARKED = OrderState.ORDER_STATE_PARKED.getNumber();
  private static final int DISCARDED = OrderState.ORDER_STATE_DISCARDED.getNumber();

  /// The award types that are money, as an `in` list of numbers.
  private static final String MONEY =
      Arrays.stream(AwardType.values())
          .filter(type -> Purse.of(type).isPresent())
          .map(type -> Integer.toString(type.getNumber()))
          .collect(Collectors.joining(", ", "amount_fen > 0 and given_type in (", ")"));

  static BooksStatement of(String schema, Ledger.Question question) {
    Parts parts = new Parts(schema, question.key());
    // First, since the first part names the columns and none of it is null.
    parts.inbox();
    question.epochId().ifPresent(parts::settled);
    parts.handled(List.copyOf(question.orderNos()));
    switch (question.wanted()) {
      case Ledger.Wanted.Sums() -> parts.sums();
      case Ledger.Wanted.Flows(Optional<FlowPosition> after, int limit) ->
          parts.flows(after, limit);
    }
    return new BooksStatement(String.join(" union all ", parts.selects), parts.args);
  }

  private static final class Parts {
    private final String schema;
    private final WalletKey key;
    private final List<String> selects = new ArrayList<>();
    private final List<Object> args = new ArrayList<>();

    Parts(String schema, WalletKey key) {
      this.schema = schema;
      this.key = key;
    }

    private void add(String select, Object... more) {
      selects.add("(" + select.replace("$", schema + ".") + ")");
      args.addAll(Arrays.asList(more));
    }

    void inbox() {
      add(
          "select "
              + INBOX
              + " as part, 0 as n1, 0 as n2, 0 as n3, order_no as s1, '' as s2, record as b1,"
              + " created_at as t1 from $inbox where act_id = ? order by created_at, order_no"
              + " limit ?",
          key.actId(),
          INBOX_MAX + 1);
      add(
          "select "
              + HANDLED
              + ", 0, 0, 0, o.order_no, '', null, null from $inbox i join $orders o"
              + " on o.act_id = i.act_id and o.order_no = i.order_no"
              + " where i.act_id = ? and (o.given_type <> 0 or o.state = ?) limit ?",
          key.actId(),
          DISCARDED,
          INBOX_MAX + 1);
    }

    /// Settled, and by ends that were read after the last claim gap was over (as long after its
    /// last mark as settlement waits): until then an order may be booked for less than its token
    /// says.
    void settled(String epochId) {
      add(
          "select "
              + SETTLED
              + ", 0, 0, 0, '', '', null, null from $redis_epochs e"
              + " left join $claim_gaps g on g.lane = e.lane where e.epoch_id = ? and e.lane = ?"
              + " and e.settled_at is not null and (g.lane is null"
              + " or e.ends_read_at >= g.marked_at + interval 10 second)",
          epochId,
          key.lane());
    }

    /// The row of a record that could not be read is PARKED without an award, an amount or a child:
    /// it cannot stand for its promise, whose token still can. Once an operator has ended it, it
    /// does.
    void handled(List<String> orderNos) {
      for (int from = 0; from < orderNos.size(); from += Rows.MAX) {
        List<String> some = orderNos.subList(from, Math.min(from + Rows.MAX, orderNos.size()));
        List<Object> values = new ArrayList<>(some.size() + 2);
        values.add(key.actId());
        values.addAll(some);
        values.add(DISCARDED);
        add(
            "select "
                + HANDLED
                + ", 0, 0, 0, order_no, '', null, null from $orders"
                + " where act_id = ? and order_no in "
                + Rows.in(some.size())
                + " and (given_type <> 0 or state = ?)",
            values.toArray());
      }
    }

    void sums() {
      add(
          "select "
              + BOOKED
              + ", booked_fen, held_fen, income_fen, purse, '', null, null from $balances"
              + " where act_id = ? and activity_id = ?",
          key.actId(),
          key.childActivityId());
      String waiting =
          "select " + WAITING + ", sum(amount_fen), count(*), given_type, '', '', null, null from ";
      add(
          waiting
              + "$orders where act_id = ? and activity_id = ? and state in (?, ?) and "
              + MONEY
              + " group by given_type",
          key.actId(),
          key.childActivityId(),
          RETRYING,
          PARKED);
      add(
          waiting
              + "$conflicts where act_id = ? and activity_id = ? and state = ? and "
              + MONEY
              + " group by given_type",
          key.actId(),
          key.childActivityId(),
          PARKED);
    }

    void flows(Optional<FlowPosition> after, int limit) {
      String flow = "select " + FLOW + ", amount_fen, state, 0, order_no, title, ";
      // Among equals the order itself comes after its conflicts.
      page(
          flow + "null, accepted_at from $orders",
          after.map(last -> last.entry().isEmpty() ? "order_no < ?" : "order_no <= ?"),
          after.stream().map(FlowPosition::orderNo).map(Object.class::cast).toList(),
          after,
          "order by accepted_at desc, order_no desc limit ?",
          limit);
      page(
          flow + "concat(fingerprint, outcome), accepted_at from $conflicts",
          after.map(_ -> "order_no < ? or (order_no = ? and concat(fingerprint, outcome) < ?)"),
          after.stream()
              .flatMap(last ->
                  List.<Object>of(
                      last.orderNo(), last.orderNo(), HexFormat.of().parseHex(last.entry()))
                      .stream())
              .toList(),
          after,
          "order by accepted_at desc, order_no desc, fingerprint desc, outcome desc limit ?",
          limit);
    }

    /// A keyset page: what lies after a place costs the same wherever the place is.
    private void page(
        String select,
        Optional<String> amongEquals,
        List<Object> equalArgs,
        Optional<FlowPosition> after,
        String order,
        int limit) {
      List<Object> values = new ArrayList<>(List.of(key.actId(), key.childActivityId()));
      after.ifPresent(last -> {
        values.add(last.acceptedAt());
        values.add(last.acceptedAt());
        values.addAll(equalArgs);
      });
      values.add(limit);
      String from =
          amongEquals
              .map(equals -> " and accepted_at <= ? and (accepted_at < ? or " + equals + ")")
              .orElse("");
      add(
          select + " where act_id = ? and activity_id = ? and " + MONEY + from + " " + order,
          values.toArray());
    }
  }
}
