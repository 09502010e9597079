package dev.lantern.simulation.world;

import dev.lantern.ordercenter.accounting.UserForcing.SetAsideRows;
import dev.lantern.ordercenter.accounting.UserForcing.WaitingRows;
import dev.lantern.ordercenter.fund.Days;
import dev.lantern.ordercenter.fund.SpentToday;
import dev.lantern.ordercenter.grant.Downstream;
import dev.lantern.ordercenter.grant.GrantStore;
import dev.lantern.ordercenter.order.Allowance;
import dev.lantern.ordercenter.order.Rounds;
import dev.lantern.ordercenter.queue.Topics;
import dev.lantern.ordercenter.reconcile.FindingStore;
import dev.lantern.ordercenter.reconcile.Found;
import dev.lantern.ordercenter.reconcile.Marks;
import dev.lantern.ordercenter.reconcile.OrderTimes;
import dev.lantern.ordercenter.reissue.PaymentStore;
import dev.lantern.ordercenter.reissue.ReissueStore;
import dev.lantern.ordercenter.settle.BookingStore;
import dev.lantern.ordercenter.settle.FundLimits;
import dev.lantern.ordercenter.sweep.TokenStore;
import dev.lantern.simulation.fault.Server;
import dev.lantern.simulation.fault.Wire;
import dev.lantern.simulation.ledger.SimBookingStore;
import dev.lantern.simulation.ledger.SimFindings;
import dev.lantern.simulation.ledger.SimGrantStore;
import dev.lantern.simulation.ledger.SimMarks;
import dev.lantern.simulation.ledger.SimOrderTimes;
import dev.lantern.simulation.ledger.SimPaymentStore;
import dev.lantern.simulation.ledger.SimReissueStore;
import dev.lantern.simulation.ledger.SimSpent;
import dev.lantern.simulation.ledger.SimUserRows;
import dev.lantern.simulation.ledger.Tables;
import dev.lantern.simulation.queue.QueueState;
import dev.lantern.simulation.queue.SimTopics;
import dev.lantern.simulation.redis.RedisState;
import dev.lantern.simulation.redis.SimDays;
import dev.lantern.simulation.redis.SimTokenStore;
import dev.lantern.simulation.vendor.SimVendor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// The [Parts] of what is played beside accepting and booking, to be swapped likewise.
public final class MoreParts {
  public final FundLimits limits;
  public GrantStore grants;
  public Downstream vendor;

  /// What forcing books by, and reads and clears tokens by.
  public BookingStore forceBooks;

  public TokenStore forceTokens;
  public WaitingRows waiting;
  public SetAsideRows setAside;
  public PaymentStore payments;
  public ReissueStore reissues;
  public Days days;
  public SpentToday spent;
  public Marks marks;
  public FindingStore findings;
  public OrderTimes orderTimes;

  /// Where audits read the ends of logs.
  public Topics auditTopics;

  /// What a round is resolved by.
  public UnaryOperator<Rounds> rounds = rounds -> rounds;

  /// What accepting asks about a person's day.
  public UnaryOperator<Allowance> allowance = allowance -> allowance;

  /// The servers themselves.
  MoreParts(
      Tables tables,
      RedisState redis,
      QueueState queue,
      SimVendor vendor,
      FundLimits limits,
      Consumer<Found> opened) {
    this.limits = limits;
    this.grants = new SimGrantStore(tables, limits);
    this.vendor = vendor;
    this.forceBooks = new SimBookingStore(tables, limits);
    this.forceTokens = new SimTokenStore(redis);
    this.waiting = SimUserRows.waiting(tables);
    this.setAside = SimUserRows.setAside(tables);
    this.payments = new SimPaymentStore(tables);
    this.reissues = new SimReissueStore(tables);
    this.days = new SimDays(redis);
    this.spent = new SimSpent(tables);
    this.marks = new SimMarks(tables);
    this.findings = new SimFindings(tables, opened);
    this.orderTimes = new SimOrderTimes(tables);
    this.auditTopics = new SimTopics(queue);
  }

  /// The same at the far end of a wire.
  MoreParts(MoreParts servers, Wire wire) {
    this.limits = servers.limits;
    this.grants = wire.over(GrantStore.class, Server.MYSQL, servers.grants);
    this.vendor =
        SimVendor.tellingSilence(wire.over(Downstream.class, Server.VENDOR, servers.vendor));
    this.forceBooks = wire.over(BookingStore.class, Server.MYSQL, servers.forceBooks);
    this.forceTokens = wire.over(TokenStore.class, Server.REDIS, servers.forceTokens);
    this.waiting = wire.over(WaitingRows.class, Server.MYSQL, servers.waiting);
    this.setAside = wire.over(SetAsideRows.class, Server.MYSQL, servers.setAside);
    this.payments = wire.over(PaymentStore.class, Server.MYSQL, servers.payments);
    this.reissues = wire.over(ReissueStore.class, Server.MYSQL, servers.reissues);
    this.days = wire.over(Days.class, Server.REDIS, servers.days);
    this.spent = wire.over(SpentToday.class, Server.MYSQL, servers.spent);
    this.marks = wire.over(Marks.class, Server.MYSQL, servers.marks);
    this.findings = wire.over(FindingStore.class, Server.MYSQL, servers.findings);
    this.orderTimes = wire.over(OrderTimes.class, Server.MYSQL, servers.orderTimes);
    this.auditTopics = wire.over(Topics.class, Server.QUEUE, servers.auditTopics);
  }
}
