package dev.lantern.controlplane.ratelimit.decide;

import dev.lantern.controlplane.ratelimit.bucket.Ask;
import dev.lantern.controlplane.ratelimit.bucket.Given;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys that one request asks for, and the moment before it was sent.
final class Batch {
  private static final Logger LOG = LoggerFactory.getLogger(Batch.class);

  /// The share of a call's budget, one in so many, that a request must have: with less, its answer
  /// would mostly come too late, and what it took would be lost.
  private static final int LEAST = 5;

  private final List<Holding> holdings;
  private final List<Ask> asks;
  private final long sentNanos;
  private final long budgetNanos;

  private Batch(List<Holding> holdings, List<Ask> asks, long sentNanos, long budgetNanos) {
    this.holdings = holdings;
    this.asks = asks;
    this.sentNanos = sentNanos;
    this.budgetNanos = budgetNanos;
  }

  /// Of these keys, without the calls that have waited too long already: those are told so, and
  /// take nobody along. A pause of the store then fails the calls that met it, not the hundred keys
  /// whose calls came after it.
  ///
  /// @param budgetNanos how long a call may wait for its verdict
  static Batch of(List<Holding> holdings, long nowNanos, long budgetNanos) {
    long latest = nowNanos - budgetNanos + budgetNanos / LEAST;
    var late = new ArrayList<Holding.Told>();
    List<Holding> asked =
        holdings.stream().filter(holding -> holding.giveUpOn(latest, late)).toList();
    tell(late);
    return new Batch(
        asked,
        asked.stream().map(holding -> holding.ask(nowNanos)).toList(),
        nowNanos,
        budgetNanos);
  }

  List<Ask> asks() {
    return asks;
  }

  List<Holding> holdings() {
    return holdings;
  }

  /// What is left of the budget of the call that waits longest; at least a fifth.
  long leftNanos() {
    return budgetNanos
        - holdings.stream().mapToLong(it -> it.waitedNanos(sentNanos)).max().orElse(0);
  }

  /// An answer that comes after the budget is none: this process was frozen, whoever asked has
  /// gone, and what was taken then may not be spent now.
  void answered(List<Given> given, long nowNanos) {
    if (nowNanos - sentNanos > budgetNanos) {
      failed();
      return;
    }
    var told = new ArrayList<Holding.Told>();
    for (int i = 0; i < holdings.size(); i++) {
      told.addAll(holdings.get(i).answered(given.get(i), sentNanos, nowNanos));
    }
    tell(told);
  }

  void failed() {
    var told = new ArrayList<Holding.Told>();
    holdings.forEach(holding -> told.addAll(holding.failed()));
    tell(told);
  }

  private static void tell(List<Holding.Told> told) {
    for (Holding.Told one : told) {
      try {
        one.waiter().decided(one.verdict());
      } catch (RuntimeException e) {
        // One caller's trouble is nobody else's.
        LOG.error("a caller could not be told", e);
      }
    }
  }
}
