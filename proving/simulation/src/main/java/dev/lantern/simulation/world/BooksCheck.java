package dev.lantern.simulation.world;

import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.budget.LeaseState;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.settle.Posting;
import dev.lantern.ordercenter.settle.Verdict;
import dev.lantern.simulation.ledger.GrantEntry;
import dev.lantern.simulation.ledger.Lease;
import dev.lantern.simulation.ledger.OrderEntry;
import dev.lantern.simulation.ledger.Tables;
import dev.lantern.simulation.queue.QueueState;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// DRAIN and SUM, from the rows alone, after every change of the ledger.
final class BooksCheck {
  private final Tables tables;
  private final QueueState queue;
  private final Witness witness;

  BooksCheck(Tables tables, QueueState queue, Witness witness) {
    this.tables = tables;
    this.queue = queue;
    this.witness = witness;
  }

  void check() {
    checkBudgets();
    checkLeases();
    checkSums();
    checkOffsets();
  }

  /// S2: nothing is booked as a log's that this very log never held.
  private void checkOffsets() {
    for (LogName log : tables.logs()) {
      for (int partition = 0; partition < log.partitions(); partition++) {
        long booked = tables.nextOffset(log.topicId(), partition);
        long held = queue.held(log.topic(), log.topicId(), partition);
        if (booked > held) {
          witness.broken(
              "SUM", log.topicId() + " is booked up to " + booked + ", it never held but " + held);
        }
      }
    }
  }

  /// total = free + slices of unclosed leases + what closed ones have booked, less what came back
  /// of that.
  private void checkBudgets() {
    Map<String, Long> out = new HashMap<>();
    for (Lease lease : tables.leases()) {
      long held = lease.state() == LeaseState.CLOSED ? lease.booked() : lease.slice();
      out.merge(lease.budgetId(), held, Long::sum);
      if (lease.booked() > lease.slice()) {
        witness.broken("CAP", "lease " + lease.id() + " booked beyond its slice");
      }
    }
    tables
        .budgets()
        .forEach((id, budget) -> {
          long accounted = budget.free() + out.getOrDefault(id, 0L) - tables.released(id);
          if (accounted != budget.total() || budget.free() < 0) {
            witness.broken("DRAIN", id + " holds " + accounted + " of " + budget.total());
          }
        });
  }

  /// What a lease counts is the orders and conflicts that name it, and what a vendor has refused.
  private void checkLeases() {
    Map<Long, Long> counted = new HashMap<>();
    for (OrderEntry order : tables.orders()) {
      counted.merge(order.countedLease(), order.units(), Long::sum);
    }
    for (GrantEntry grant : tables.grants()) {
      if (grant.isRefused()) {
        counted.merge(grant.lease(), grant.units(), Long::sum);
      }
    }
    for (Verdict.Conflict conflict : tables.conflicts().values()) {
      counted.merge(conflict.countedLease(), conflict.promise().units(), Long::sum);
    }
    for (Lease lease : tables.leases()) {
      if (lease.booked() != counted.getOrDefault(lease.id(), 0L)) {
        witness.broken(
            "DRAIN",
            "lease "
                + lease.id()
                + " counts "
                + lease.booked()
                + ", its orders "
                + counted.getOrDefault(lease.id(), 0L));
      }
    }
  }

  /// Postings, balances and the platform's accounts tell the same, and one posting an order.
  private void checkSums() {
    Map<Posting.Account, Long> posted = new TreeMap<>();
    long sum = 0;
    for (Posting posting : tables.postings()) {
      sum += posting.amountFen();
      posted.merge(
          new Posting.Account(posting.actId(), posting.childActivityId(), posting.purse()),
          posting.amountFen(),
          Long::sum);
    }
    long accounts = tables.accounts().stream().mapToLong(Tables.Account::fen).sum();
    long booked =
        tables.orders().stream()
            .filter(order -> order.state() == OrderState.ORDER_STATE_SUCCESS)
            .mapToLong(OrderEntry::amountFen)
            .sum();
    if (!posted.equals(tables.balances()) || sum != accounts || sum != booked) {
      witness.broken(
          "SUM",
          "postings "
              + sum
              + ", accounts "
              + accounts
              + ", orders "
              + booked
              + ", balances "
              + tables.balances().values());
    }
  }
}
