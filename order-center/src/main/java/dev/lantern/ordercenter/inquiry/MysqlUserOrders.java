package dev.lantern.ordercenter.inquiry;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.ordercenter.order.OrderMessages;
import dev.lantern.ordercenter.order.OrderRow;
import dev.lantern.ordercenter.order.Times;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.Row;
import dev.lantern.stores.sql.Rows;
import dev.lantern.stores.sql.Transaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// [UserOrders] in MySQL, by one consistent snapshot: an order on its way from the inbox to its row
/// is seen in one of the two.
public final class MysqlUserOrders implements UserOrders {
  private static final Logger LOG = LoggerFactory.getLogger(MysqlUserOrders.class);

  private final Database database;

  public MysqlUserOrders(Database database) {
    this.database = database;
  }

  @Override
  public Found read(
      OrderScope scope, Optional<OrderPlace> after, int limit, Collection<String> promised) {
    return database.inSnapshot(tx -> {
      List<ListedOrder> waiting = waiting(tx, scope);
      Set<String> numbers = new HashSet<>(promised);
      waiting.forEach(order -> numbers.add(order.orderNo()));
      return new Found(rows(tx, scope, after, limit), waiting, booked(tx, scope.actId(), numbers));
    });
  }

  private static List<ListedOrder> rows(
      Transaction tx, OrderScope scope, Optional<OrderPlace> after, int limit) {
    List<Object> args = new ArrayList<>(List.of(scope.actId(), scope.activityId()));
    StringBuilder sql =
        new StringBuilder("select ")
            .append(OrderRow.COLUMNS)
            .append(" from orders where act_id = ? and parent_activity_id = ?");
    if (!scope.childActivityId().isEmpty()) {
      sql.append(" and activity_id = ?");
      args.add(scope.childActivityId());
    }
    after.ifPresent(place -> {
      sql.append(" and (accepted_at < ? or (accepted_at = ? and order_no < ?))");
      args.addAll(List.of(place.acceptedAt(), place.acceptedAt(), place.orderNo()));
    });
    sql.append(" order by accepted_at desc, order_no desc limit ").append(limit);
    return tx.query(sql.toString(), args.toArray()).stream()
        .map(OrderRow::read)
        .map(row ->
            new ListedOrder(
                new OrderPlace(row.acceptedAt(), row.orderNo().text()), OrderMessages.of(row)))
        .toList();
  }

  private static List<ListedOrder> waiting(Transaction tx, OrderScope scope) {
    List<ListedOrder> waiting = new ArrayList<>();
    for (Row row :
        tx.query(
            "select record from inbox where act_id = ? order by order_no limit "
                + OrderList.MOST_OUTSTANDING,
            scope.actId())) {
      try {
        AcceptedOrder order = AcceptedOrder.parseFrom(row.getBytes("record"));
        if (scope.holds(order.getActivityId(), order.getChildActivityId())) {
          waiting.add(listed(order));
        }
      } catch (InvalidProtocolBufferException unreadable) {
        LOG.warn("a row of {}'s in the inbox cannot be read", scope.actId(), unreadable);
      }
    }
    return waiting;
  }

  static ListedOrder listed(AcceptedOrder order) {
    return new ListedOrder(
        new OrderPlace(Times.toInstant(order.getAcceptTime()), order.getOrderNo()),
        OrderMessages.of(order));
  }

  private static Set<String> booked(Transaction tx, long actId, Set<String> numbers) {
    Set<String> booked = new HashSet<>();
    if (!numbers.isEmpty()) {
      List<Object> args = new ArrayList<>();
      args.add(actId);
      args.addAll(numbers);
      tx.query(
              "select order_no from orders where act_id = ? and order_no in "
                  + Rows.in(numbers.size()),
              args.toArray())
          .forEach(row -> booked.add(row.getString("order_no")));
    }
    return booked;
  }
}
