package dev.lantern.ordercenter.order;

import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.DuplicateKeyException;
import dev.lantern.stores.sql.OutcomeUnknownException;
import dev.lantern.stores.sql.StoreUnavailableException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;

/// [LedgerLog] in the table `inbox`: concurrent orders share a transaction, so the ledger commits
/// groups here as it does in settlement.
public final class MysqlInbox implements LedgerLog, AutoCloseable {
  private static final int ATTEMPTS = 6;

  /// As much as `inbox.record` holds.
  private static final int RECORD_MAX = 4096;

  private final Database database;
  private final InboxInsert insert;
  private final Coalescer<AcceptedOrder, Entered> calls;

  /// @param partitions how many the lane's logs have: fixed for a campaign's life
  public MysqlInbox(Database database, IntSupplier partitions, Coalescer.Bounds bounds) {
    this.database = database;
    this.insert = new InboxInsert(partitions);
    this.calls =
        new Coalescer<>(
            "inbox",
            this::enterAll,
            bounds,
            () -> new OutcomeUnknownException("the inbox is late", new TimeoutException()));
  }

  /// One that is longer than its column is refused by itself: within a group the server would
  /// refuse all of it.
  @Override
  public Entered enter(AcceptedOrder order) {
    if (order.getSerializedSize() > RECORD_MAX) {
      throw new StoreUnavailableException("a record over " + RECORD_MAX + " bytes", null);
    }
    return calls.call(order);
  }

  @Override
  public void close() {
    calls.close();
  }

  /// The first of each number is tried; a number that waits already is taken out of the group and
  /// the rest tried again.
  private List<Entered> enterAll(List<AcceptedOrder> orders) {
    Map<String, AcceptedOrder> left = new LinkedHashMap<>();
    orders.forEach(order -> left.putIfAbsent(order.getOrderNo(), order));
    Map<String, Entered> answers = new HashMap<>();
    for (int attempt = 0; attempt < ATTEMPTS && !left.isEmpty(); attempt++) {
      List<AcceptedOrder> group = List.copyOf(left.values());
      try {
        answers.putAll(database.inTransaction(tx -> insert.into(tx, group)));
      } catch (DuplicateKeyException waiting) {
        InboxInsert.waiting(database, group)
            .forEach(number -> answers.put(number, new Entered.Before()));
      }
      left.keySet().removeAll(answers.keySet());
    }
    if (!left.isEmpty()) {
      throw new StoreUnavailableException("rows of the inbox keep coming and going", null);
    }
    return orders.stream()
        .map(AcceptedOrder::getOrderNo)
        .map(number -> firstOnly(answers, number))
        .toList();
  }

  // The second call for a number in one group comes after the first.
  private static Entered firstOnly(Map<String, Entered> answers, String number) {
    Entered answer = answers.put(number, new Entered.Before());
    return answer == null ? new Entered.Before() : answer;
  }
}
