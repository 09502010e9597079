package dev.lantern.simulation.world;

import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.budget.LeaseState;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.simulation.ledger.Lease;
import dev.lantern.simulation.ledger.OrderEntry;
import dev.lantern.simulation.ledger.Tables;
import dev.lantern.simulation.world.OrderStory.Ack;
import java.util.ArrayList;
import java.util.List;

/// The end of a run: whether everything has drained, and whether the books then balance to the fen.
final class Drained {
  private final World world;

  Drained(World world) {
    this.world = world;
  }

  /// What has not drained yet.
  List<String> left() {
    List<String> left = new ArrayList<>();
    Tables tables = world.tables;
    for (LogName log : tables.logs()) {
      boolean there = !world.queue.isGone(log.topicId());
      for (int partition = 0; there && partition < log.partitions(); partition++) {
        if (tables.nextOffset(log.topicId(), partition)
            < world.queue.held(log.topic(), log.topicId(), partition)) {
          left.add("records of " + log.topic() + "-" + partition);
        }
      }
    }
    if (tables.waiting() > 0) {
      left.add(tables.waiting() + " rows of the inbox");
    }
    tables.leases().stream()
        .filter(lease -> lease.state() != LeaseState.CLOSED)
        .forEach(lease -> left.add("lease " + lease.id() + " is " + lease.state()));
    tables.orders().stream()
        .filter(order ->
            order.state() == OrderState.ORDER_STATE_RETRYING
                || order.state() == OrderState.ORDER_STATE_GRANTING)
        .forEach(order -> left.add("order " + order.orderNo() + " is " + order.state()));
    left.addAll(world.reissues.left());
    left.addAll(world.copies.left());
    tables.findings().forEach(finding -> left.add("finding " + finding));
    world.redis.tokens().keySet().forEach(number -> left.add("token " + number));
    if (counted("fen") != sum(Tables.Account::fen)
        || counted("opened") != sum(Tables.Account::entries)) {
      left.add("counters");
    }
    if (world.steward.isBusy()) {
      left.add("the steward");
    }
    return left;
  }

  /// Everything has drained: KEEP and COUNT.
  void check() {
    world.steward.check(world.plan.mainBudgetFen());
    world.ceiling.checkAtEnd();
    for (OrderStory story : world.witness.stories()) {
      for (Ack ack : story.acks) {
        if (!world.witness.isCovered(story, ack)) {
          if (!world.forfeits.excuses(story, ack)) {
            world.witness.broken("KEEP", story.orderNo + " is nowhere: " + ack);
          }
          world.hits.tally("promises lost, copies never handed in", 1);
        }
      }
    }
    long free = world.tables.budgets().values().stream().mapToLong(Tables.Budget::free).sum();
    long total = world.tables.budgets().values().stream().mapToLong(Tables.Budget::total).sum();
    long counted = world.tables.leases().stream().mapToLong(Lease::booked).sum();
    long released =
        world.tables.budgets().keySet().stream().mapToLong(world.tables::released).sum();
    if (free + counted - released != total) {
      world.witness.broken("DRAIN", free + " free and " + counted + " counted of " + total);
    }
    long booked =
        world.tables.orders().stream()
            .filter(order -> order.state() == OrderState.ORDER_STATE_SUCCESS)
            .count();
    if (counted("fen") != booked(world.tables) || counted("opened") > booked) {
      world.witness.broken("COUNT", counted("opened") + " counted of " + booked);
    }
  }

  private static long booked(Tables tables) {
    return tables.orders().stream()
        .filter(order -> order.state() == OrderState.ORDER_STATE_SUCCESS)
        .mapToLong(OrderEntry::amountFen)
        .sum();
  }

  private long counted(String what) {
    return world.counters.sum(Campaign.PARENT + "." + what);
  }

  private long sum(java.util.function.ToLongFunction<Tables.Account> column) {
    return world.tables.accounts().stream().mapToLong(column).sum();
  }
}
