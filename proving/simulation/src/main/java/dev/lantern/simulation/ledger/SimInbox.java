package dev.lantern.simulation.ledger;

import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.order.LedgerLog;
import dev.lantern.ordercenter.queue.Partitions;
import dev.lantern.ordercenter.settle.InboxRow;
import dev.lantern.ordercenter.settle.InboxRows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The table `inbox` of [Tables]: who enters it and who drains it.
public class SimInbox implements LedgerLog, InboxRows {
  private final Tables tables;
  private final int partitions;
  private long arrived;

  public SimInbox(Tables tables, int partitions) {
    this.tables = tables;
    this.partitions = partitions;
  }

  @Override
  public Entered enter(AcceptedOrder order) {
    int partition = Partitions.of(order.getActId(), partitions);
    if (isKnown(order.getOrderNo())) {
      return new Entered.Before();
    }
    Lease lease = tables.leases.get(order.getLeaseId());
    if (order.getLeaseId() != 0 && (lease == null || isFenced(lease, partition))) {
      return new Entered.LeaseOver();
    }
    tables.inbox.put(order.getOrderNo(), new Tables.InboxEntry(++arrived, order, partition));
    return new Entered.Taken(OrderState.ORDER_STATE_PROCESSING);
  }

  /// The unique keys of both tables.
  boolean isKnown(String orderNo) {
    return tables.inbox.containsKey(orderNo) || tables.orders.containsKey(orderNo);
  }

  boolean isFenced(Lease lease, int partition) {
    return lease.isFenced(partition);
  }

  @Override
  public Map<Integer, List<InboxRow>> oldest(Collection<Integer> asked, int limit) {
    Map<Integer, List<InboxRow>> oldest = new TreeMap<>();
    tables.inbox.values().stream()
        .filter(row -> asked.contains(row.partition()))
        .sorted(Comparator.comparingLong(Tables.InboxEntry::arrived))
        .forEach(row -> {
          List<InboxRow> rows = oldest.computeIfAbsent(row.partition(), _ -> new ArrayList<>());
          if (rows.size() < limit) {
            rows.add(
                new InboxRow(
                    row.order().getActId(), row.order().getOrderNo(), row.order().toByteString()));
          }
        });
    return oldest;
  }
}
