package dev.lantern.ordercenter.order;

import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.budget.LeaseId;
import dev.lantern.ordercenter.order.LedgerLog.Entered;
import dev.lantern.ordercenter.queue.Partitions;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.Statements;
import dev.lantern.stores.sql.Transaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntSupplier;

/// A group's way into the table `inbox`, within one transaction:
///
/// 1. the rows of its leases are locked, of its orders' own partitions only, and found not fenced.
///    So no lease is fenced over a row that is on its way in (L4), and none comes in after: a row
///    of the inbox is never void. What is booked on these leases in other partitions is not held
///    up;
/// 2. one plain multi-row insert; a number that waits already is a duplicate and rolls it back;
/// 3. the numbers are looked up in `orders`. One that was booked since its caller looked has left
///    the inbox in the transaction that wrote its order, so it is seen here, and its row is taken
///    out again: else a retry that overtook the booking would be promised anew.
///
/// Locks are taken in settlement's order: lease rows, then inbox rows.
final class InboxInsert {
  private final IntSupplier partitions;

  InboxInsert(IntSupplier partitions) {
    this.partitions = partitions;
  }

  /// What became of each number; throws DuplicateKeyException when one waits already.
  Map<String, Entered> into(Transaction tx, List<AcceptedOrder> orders) {
    Map<String, Entered> answers = new HashMap<>();
    Set<Place> open = lockOpen(tx, orders);
    List<AcceptedOrder> entering = new ArrayList<>();
    for (AcceptedOrder order : orders) {
      boolean counts = order.getLeaseId() == LeaseId.NONE || open.contains(placeOf(order));
      if (counts) {
        entering.add(order);
      } else {
        answers.put(order.getOrderNo(), new Entered.LeaseOver());
      }
    }
    if (entering.isEmpty()) {
      return answers;
    }
    insert(tx, entering);
    Set<String> booked = numbers(tx, "orders", entering);
    entering.forEach(order ->
        answers.put(
            order.getOrderNo(),
            booked.contains(order.getOrderNo())
                ? new Entered.Before()
                : new Entered.Taken(OrderState.ORDER_STATE_PROCESSING)));
    for (AcceptedOrder order : entering) {
      if (booked.contains(order.getOrderNo())) {
        tx.update(
            "delete from inbox where act_id = ? and order_no = ?",
            order.getActId(),
            order.getOrderNo());
      }
    }
    return answers;
  }

  /// Which of these numbers wait in the inbox now.
  static Set<String> waiting(Database database, List<AcceptedOrder> orders) {
    return numbers(database, "inbox", orders);
  }

  private void insert(Transaction tx, List<AcceptedOrder> orders) {
    Object[] args = new Object[6 * orders.size()];
    int n = 0;
    for (AcceptedOrder order : orders) {
      args[n++] = order.getActId();
      args[n++] = order.getOrderNo();
      args[n++] = order.getLeaseId();
      args[n++] = partitionOf(order);
      args[n++] = order.getFingerprint().toByteArray();
      args[n++] = order.toByteArray();
    }
    String row = "(?, ?, ?, ?, ?, ?, utc_timestamp(6))";
    tx.update(
        "insert into inbox (act_id, order_no, lease_id, partition_no, fingerprint, record,"
            + " created_at) values "
            + (row + ", ").repeat(orders.size() - 1)
            + row,
        args);
  }

  // Point reads by the whole key. Locked as for an update: shared locks are not known to every
  // server under one name, or not at all, and a lease enters by one group of its holder at a time.
  private Set<Place> lockOpen(Transaction tx, List<AcceptedOrder> orders) {
    Set<Place> places = new TreeSet<>();
    for (AcceptedOrder order : orders) {
      if (order.getLeaseId() != LeaseId.NONE) {
        places.add(placeOf(order));
      }
    }
    if (places.isEmpty()) {
      return Set.of();
    }
    Object[] args = new Object[2 * places.size()];
    int n = 0;
    for (Place place : places) {
      args[n++] = place.lease();
      args[n++] = place.partition();
    }
    Set<Place> open = new HashSet<>();
    tx
        .query(
            "select b.lease_id, b.partition_no, b.fenced from (select ? as lease_id,"
                + " ? as partition_no"
                + " union all select ?, ?".repeat(places.size() - 1)
                + ") as k straight_join lease_booked b on b.lease_id = k.lease_id"
                + " and b.partition_no = k.partition_no for update",
            args)
        .stream()
        .filter(row -> !row.getBoolean("fenced"))
        .forEach(row -> open.add(new Place(row.getLong("lease_id"), row.getInt("partition_no"))));
    return open;
  }

  /// Point reads of the primary key in one statement.
  private static Set<String> numbers(Statements sql, String table, List<AcceptedOrder> orders) {
    Object[] args = new Object[2 * orders.size()];
    int n = 0;
    for (AcceptedOrder order : orders) {
      args[n++] = order.getActId();
      args[n++] = order.getOrderNo();
    }
    Set<String> found = new HashSet<>();
    sql.query(
            "select t.order_no from (select ? as act_id, ? as order_no"
                + " union all select ?, ?".repeat(orders.size() - 1)
                + ") as k straight_join "
                + table
                + " t on t.act_id = k.act_id and t.order_no = k.order_no",
            args)
        .forEach(row -> found.add(row.getString("order_no")));
    return found;
  }

  private int partitionOf(AcceptedOrder order) {
    return Partitions.of(order.getActId(), partitions.getAsInt());
  }

  private Place placeOf(AcceptedOrder order) {
    return new Place(order.getLeaseId(), partitionOf(order));
  }

  /// A lease's row for one partition. Ordered as rows are locked.
  private record Place(long lease, int partition) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparingLong(Place::lease).thenComparingInt(Place::partition);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }
}
