package dev.lantern.simulation.world;

import dev.lantern.ordercenter.budget.BudgetControl;
import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.LeaseEnding;
import dev.lantern.ordercenter.budget.LeaseStore;
import dev.lantern.ordercenter.budget.LeasesByLog;
import dev.lantern.ordercenter.closing.LeaseClosingStore;
import dev.lantern.ordercenter.epoch.BucketEpoch;
import dev.lantern.ordercenter.epoch.EpochKeys;
import dev.lantern.ordercenter.epoch.EpochStore;
import dev.lantern.ordercenter.order.Epochs;
import dev.lantern.ordercenter.order.LedgerLog;
import dev.lantern.ordercenter.order.OrderReader;
import dev.lantern.ordercenter.order.Promises;
import dev.lantern.ordercenter.order.Signer;
import dev.lantern.ordercenter.parked.ParkedStore;
import dev.lantern.ordercenter.queue.AcceptLog;
import dev.lantern.ordercenter.queue.LogTable;
import dev.lantern.ordercenter.queue.Topics;
import dev.lantern.ordercenter.settle.BookingStore;
import dev.lantern.ordercenter.settle.InboxRows;
import dev.lantern.ordercenter.settle.OffsetStore;
import dev.lantern.ordercenter.sweep.TokenStore;
import dev.lantern.ordercenter.tally.AccountTotals;
import dev.lantern.ordercenter.tally.Counters;
import dev.lantern.ordercenter.weak.GapStore;
import dev.lantern.sdk.wallet.Ledger;
import dev.lantern.sdk.wallet.TokenMaps;
import dev.lantern.simulation.fault.Server;
import dev.lantern.simulation.fault.Wire;
import dev.lantern.simulation.ledger.SimAccountTotals;
import dev.lantern.simulation.ledger.SimBookingStore;
import dev.lantern.simulation.ledger.SimBudgetControl;
import dev.lantern.simulation.ledger.SimClosingStore;
import dev.lantern.simulation.ledger.SimEpochStore;
import dev.lantern.simulation.ledger.SimGapStore;
import dev.lantern.simulation.ledger.SimInbox;
import dev.lantern.simulation.ledger.SimLeaseEnding;
import dev.lantern.simulation.ledger.SimLeaseStore;
import dev.lantern.simulation.ledger.SimLogTable;
import dev.lantern.simulation.ledger.SimOffsetStore;
import dev.lantern.simulation.ledger.SimOrderReader;
import dev.lantern.simulation.ledger.SimParkedStore;
import dev.lantern.simulation.ledger.SimWalletLedger;
import dev.lantern.simulation.ledger.Tables;
import dev.lantern.simulation.queue.Fetches;
import dev.lantern.simulation.queue.QueueState;
import dev.lantern.simulation.queue.SimAcceptLog;
import dev.lantern.simulation.queue.SimTopics;
import dev.lantern.simulation.redis.HandledTokens;
import dev.lantern.simulation.redis.RedisState;
import dev.lantern.simulation.redis.SimEpochKeys;
import dev.lantern.simulation.redis.SimPromises;
import dev.lantern.simulation.redis.SimTokenMaps;
import dev.lantern.simulation.redis.SimTokenStore;
import dev.lantern.simulation.token.TicketSigner;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// What a process is put together from, beside the production code: its stores and policies. The
/// fields are there to be swapped: that is what a mutation does.
public final class Parts {
  public final Tables tables;
  public final RedisState redis;
  public LeaseStore leases;
  public LeaseClosingStore closing;
  public BookingStore books;
  public ParkedStore parked;
  public OffsetStore offsets;
  public EpochStore epochRows;
  public Epochs epochs;
  public OrderReader orders;
  public LogTable logTable;
  public AccountTotals totals;
  public Ledger wallets;
  public Promises promises;
  public TokenStore tokens;
  public HandledTokens handled;
  public EpochKeys epochKeys;
  public TokenMaps maps;
  public AcceptLog log;
  public Topics topics;
  public Topics settledTopics;
  public TokenStore windowTokens;
  public Supplier<?> lives;
  public BudgetControl control;
  public LeaseEnding ending;
  public Fetches fetches;
  public Signer signer;
  public Counters counters;
  public LedgerLog inbox;
  public InboxRows inboxRows;
  public GapStore gaps;
  public final MoreParts more;
  public final CopyParts copies;
  public final int partitions;
  public UnaryOperator<LeasesByLog> ownLeases = leases -> leases;
  public UnaryOperator<Clock> clock = clock -> clock;

  /// The servers themselves.
  Parts(
      Tables tables,
      RedisState redis,
      QueueState queue,
      int partitions,
      LongSupplier nanos,
      Counters counters,
      MoreParts more,
      CopyParts copies) {
    this.partitions = partitions;
    this.more = more;
    this.copies = copies;
    SimInbox rows = new SimInbox(tables, partitions);
    this.inbox = rows;
    this.inboxRows = rows;
    this.gaps = new SimGapStore(tables, nanos);
    this.tables = tables;
    this.redis = redis;
    SimEpochStore epochStore = new SimEpochStore(tables, nanos);
    SimTokenStore tokenStore = new SimTokenStore(redis);
    this.leases = new SimLeaseStore(tables);
    this.closing = new SimClosingStore(tables);
    this.books = new SimBookingStore(tables, more.limits);
    this.parked = new SimParkedStore(tables);
    this.offsets = new SimOffsetStore(tables);
    this.epochRows = epochStore;
    this.epochs = epochStore;
    this.orders = new SimOrderReader(tables);
    this.logTable = new SimLogTable(tables);
    this.totals = new SimAccountTotals(tables);
    this.wallets = new SimWalletLedger(tables);
    this.promises = new SimPromises(redis);
    this.tokens = tokenStore;
    this.handled = tokenStore;
    this.epochKeys = new SimEpochKeys(redis);
    this.maps = new SimTokenMaps(redis);
    this.log = new SimAcceptLog(queue);
    this.topics = new SimTopics(queue);
    this.settledTopics = topics;
    this.windowTokens = tokenStore;
    this.lives = () -> 0;
    this.control = new SimBudgetControl(tables);
    this.ending = new SimLeaseEnding(tables);
    this.fetches = Fetches.of(queue);
    this.signer = new TicketSigner(copies.signing);
    this.counters = counters;
  }

  /// The same at the far end of a wire.
  Parts(Parts servers, Wire wire) {
    this.partitions = servers.partitions;
    this.more = new MoreParts(servers.more, wire);
    this.copies = new CopyParts(servers.copies, wire);
    this.inbox = wire.over(LedgerLog.class, Server.MYSQL, servers.inbox);
    this.inboxRows = wire.over(InboxRows.class, Server.MYSQL, servers.inboxRows);
    this.gaps = wire.over(GapStore.class, Server.MYSQL, servers.gaps);
    this.tables = servers.tables;
    this.redis = servers.redis;
    this.leases = wire.over(LeaseStore.class, Server.MYSQL, servers.leases);
    this.closing = wire.over(LeaseClosingStore.class, Server.MYSQL, servers.closing);
    this.books = wire.over(BookingStore.class, Server.MYSQL, servers.books);
    this.parked = wire.over(ParkedStore.class, Server.MYSQL, servers.parked);
    this.offsets = wire.over(OffsetStore.class, Server.MYSQL, servers.offsets);
    this.epochRows = wire.over(EpochStore.class, Server.MYSQL, servers.epochRows);
    this.epochs = wire.over(Epochs.class, Server.MYSQL, servers.epochs);
    this.orders = wire.over(OrderReader.class, Server.MYSQL, servers.orders);
    this.logTable = wire.over(LogTable.class, Server.MYSQL, servers.logTable);
    this.totals = wire.over(AccountTotals.class, Server.MYSQL, servers.totals);
    this.wallets = wire.over(Ledger.class, Server.MYSQL, servers.wallets);
    this.promises = wire.over(Promises.class, Server.REDIS, servers.promises);
    this.tokens = wire.over(TokenStore.class, Server.REDIS, servers.tokens);
    this.handled = wire.over(HandledTokens.class, Server.REDIS, servers.handled);
    this.epochKeys = wire.over(EpochKeys.class, Server.REDIS, servers.epochKeys);
    this.lives = () -> epochKeys.read().stream().map(BucketEpoch::runId).toList();
    this.maps = SimTokenMaps.tellingSilence(wire.over(TokenMaps.class, Server.REDIS, servers.maps));
    this.log = wire.over(AcceptLog.class, Server.QUEUE, servers.log);
    this.topics = wire.over(Topics.class, Server.QUEUE, servers.topics);
    this.settledTopics = topics;
    this.windowTokens = tokens;
    this.control = wire.over(BudgetControl.class, Server.MYSQL, servers.control);
    this.ending = wire.over(LeaseEnding.class, Server.MYSQL, servers.ending);
    this.fetches = wire.over(Fetches.class, Server.QUEUE, servers.fetches);
    this.signer = new TicketSigner(copies.signing);
    this.counters = wire.over(Counters.class, Server.COUNTERS, servers.counters);
  }
}
