package dev.lantern.ordercenter.reconcile;

import java.util.ArrayList;
import java.util.List;

/// A piece of a statement with what is bound in it.
record Sql(String text, List<Object> args) {
  /// The orders of a range as a table of `act_id` and `order_no`.
  static Sql keysOf(Range range) {
    return switch (range) {
      case Range.Booked(var after, var until) ->
          new Sql(
              "(select act_id, order_no from orders where booked_at > ? and booked_at <= ?)",
              List.of(after, until));
      case Range.Keys(var keys) -> {
        List<Object> args = new ArrayList<>(2 * keys.size());
        for (OrderKey key : keys) {
          args.add(key.actId());
          args.add(key.orderNo());
        }
        yield new Sql(
            "(select ? as act_id, ? as order_no"
                + " union all select ?, ?".repeat(keys.size() - 1)
                + ")",
            args);
      }
    };
  }

  /// Whose those orders are, each once.
  static Sql usersOf(Range range) {
    Sql keys = keysOf(range);
    return new Sql("(select distinct x.act_id from " + keys.text + " x)", keys.args);
  }

  Object[] array() {
    return args.toArray();
  }

  /// What is bound when the piece stands in a statement twice.
  Object[] twice() {
    List<Object> both = new ArrayList<>(args);
    both.addAll(args);
    return both.toArray();
  }
}
