package dev.lantern.ordercenter.settle;

import dev.lantern.order.v1.OrderState;
import dev.lantern.stores.sql.Rows;
import dev.lantern.stores.sql.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.function.ToLongFunction;

/// Writes a group's effects inside its transaction, one multi-row statement a table.
final class EffectsWriter {
  private static final String INSERT_ORDERS = "insert into orders (" + OrderRow.COLUMNS + ") ";

  private static final String INSERT_GRANTS = "insert into grants (" + GrantRow.COLUMNS + ") ";

  private static final String INSERT_POSTINGS =
      "insert into postings (act_id, posting_id, activity_id, purse, debit_account,"
          + " credit_account, amount_fen, order_no, posted_at) ";
  private static final String INSERT_BALANCES =
      "insert into balances (act_id, activity_id, purse, booked_fen, held_fen, income_fen, seq) ";

  private EffectsWriter() {}

  static void write(Transaction tx, Effects effects) {
    insertOrders(tx, effects.orders());
    insertGrants(tx, effects.grants());
    keepRecords(tx, effects);
    insertConflicts(tx, effects);
    insertPostings(tx, effects);
    raiseBalances(tx, effects.balances());
    DailySpend.raise(tx, effects.days());
    countOnLeases(tx, effects.partition(), effects.leases());
    raiseAccounts(tx, effects.partition(), effects.accounts());
  }

  private static void insertOrders(Transaction tx, List<OrderRow> orders) {
    if (orders.isEmpty()) {
      return;
    }
    InlineRows rows = new InlineRows(INSERT_ORDERS, orders.size());
    orders.forEach(order -> rows.add(order.values().toArray()));
    tx.update(rows.sql(""), rows.args());
  }

  static void insertGrants(Transaction tx, List<GrantRow> grants) {
    if (grants.isEmpty()) {
      return;
    }
    InlineRows rows = new InlineRows(INSERT_GRANTS, grants.size());
    grants.forEach(grant -> rows.add(grant.values()));
    tx.update(rows.sql(""), rows.args());
  }

  private static void keepRecords(Transaction tx, Effects effects) {
    if (effects.unreadable().isEmpty()) {
      return;
    }
    Rows rows = new Rows(5);
    for (LogRecord.Unreadable record : effects.unreadable()) {
      rows.add(
          record.actId(),
          record.orderNo(),
          record.offset(),
          record.value().toByteArray(),
          effects.at());
    }
    tx.update(
        "insert into parked_records (act_id, order_no, log_offset, record, created_at) "
            + rows.values(),
        rows.args());
  }

  private static void insertConflicts(Transaction tx, Effects effects) {
    if (effects.conflicts().isEmpty()) {
      return;
    }
    Rows rows = new Rows(16);
    for (Verdict.Conflict conflict : effects.conflicts()) {
      Promise promise = conflict.promise();
      rows.add(
          promise.actId(),
          promise.orderNo().text(),
          promise.fingerprint().bytes(),
          promise.outcome().digest(),
          conflict.reason().name(),
          promise.childActivityId(),
          promise.outcome().given().getNumber(),
          promise.outcome().title(),
          promise.outcome().amount().value(),
          promise.outcome().budgetId(),
          conflict.countedLease(),
          effects.partition(),
          promise.record().toByteArray(),
          OrderState.ORDER_STATE_PARKED.getNumber(),
          promise.acceptedAt(),
          effects.at());
    }
    tx.update(
        "insert into conflicts (act_id, order_no, fingerprint, outcome, reason, activity_id,"
            + " given_type, title, amount_fen, budget_id, counted_lease_id, partition_no, record,"
            + " state, accepted_at, created_at) "
            + rows.values(),
        rows.args());
  }

  private static void insertPostings(Transaction tx, Effects effects) {
    if (effects.postings().isEmpty()) {
      return;
    }
    InlineRows rows = new InlineRows(INSERT_POSTINGS, effects.postings().size());
    for (Posting posting : effects.postings()) {
      rows.add(
          posting.actId(),
          posting.id(),
          posting.childActivityId(),
          posting.purse().number(),
          posting.debitAccount(),
          posting.creditAccount(),
          posting.amountFen(),
          posting.orderNo(),
          effects.at());
    }
    tx.update(rows.sql(""), rows.args());
  }

  private static void raiseBalances(Transaction tx, NavigableMap<Posting.Account, Long> balances) {
    if (balances.isEmpty()) {
      return;
    }
    InlineRows rows = new InlineRows(INSERT_BALANCES, balances.size());
    balances.forEach((account, fen) ->
        rows.add(
            account.actId(), account.childActivityId(), account.purse().number(), fen, 0, fen, 1));
    tx.update(
        rows.sql(
            " on duplicate key update booked_fen = booked_fen + values(booked_fen),"
                + " income_fen = income_fen + values(income_fen), seq = seq + 1"),
        rows.args());
  }

  /// Counts the group's units on their leases, all or nothing: one that is fenced, or not there,
  /// rolls the transaction back (L5). Where nothing is booked on a lease, but something set aside
  /// before leaves that state, it may be fenced.
  private static void countOnLeases(
      Transaction tx, int partition, NavigableMap<Long, Effects.Units> leases) {
    if (leases.isEmpty()) {
      return;
    }
    boolean booking = leases.values().stream().anyMatch(units -> units.booked() != 0);
    boolean parking = leases.values().stream().anyMatch(units -> units.parked() != 0);
    List<Object> args = new ArrayList<>();
    StringBuilder sql = new StringBuilder("update lease_booked set seq = seq + 1");
    if (booking) {
      sql.append(", booked = booked + ").append(byLease(leases, Effects.Units::booked, args));
    }
    if (parking) {
      sql.append(", parked = parked + ").append(byLease(leases, Effects.Units::parked, args));
    }
    sql.append(" where partition_no = ?").append(booking ? " and fenced = false" : "");
    sql.append(" and lease_id in ").append(Rows.in(leases.size()));
    args.add(partition);
    args.addAll(leases.keySet());
    if (tx.update(sql.toString(), args.toArray()) != leases.size()) {
      throw new LedgerWrites.RolledBack(new BookingStore.Result.Fenced());
    }
  }

  private static String byLease(
      NavigableMap<Long, Effects.Units> leases,
      ToLongFunction<Effects.Units> figure,
      List<Object> args) {
    leases.forEach((lease, units) -> {
      args.add(lease);
      args.add(figure.applyAsLong(units));
    });
    return "case lease_id " + "when ? then ? ".repeat(leases.size()) + "end";
  }

  private static void raiseAccounts(
      Transaction tx, int partition, NavigableMap<String, Effects.Cost> accounts) {
    if (accounts.isEmpty()) {
      return;
    }
    Rows rows = new Rows(6);
    accounts.forEach((account, cost) ->
        rows.add(account, partition, cost.parentActivityId(), cost.fen(), cost.entries(), 1));
    tx.update(
        "insert into platform_accounts (account, partition_no, parent_activity_id, amount_fen,"
            + " entries, seq) "
            + rows.values()
            + " on duplicate key update amount_fen = amount_fen + values(amount_fen),"
            + " entries = entries + values(entries), seq = seq + 1",
        rows.args());
  }
}
