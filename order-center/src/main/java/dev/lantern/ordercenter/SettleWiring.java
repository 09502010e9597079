package dev.lantern.ordercenter;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Leases;
import dev.lantern.ordercenter.budget.MysqlBudgetControl;
import dev.lantern.ordercenter.campaign.MysqlCampaignStore;
import dev.lantern.ordercenter.closing.ClosingWatch;
import dev.lantern.ordercenter.closing.Fencer;
import dev.lantern.ordercenter.closing.LeaseCloser;
import dev.lantern.ordercenter.closing.LoggingClosingWatch;
import dev.lantern.ordercenter.closing.MysqlLeaseClosingStore;
import dev.lantern.ordercenter.closing.WindowCloser;
import dev.lantern.ordercenter.duties.Repeating;
import dev.lantern.ordercenter.epoch.BucketEpoch;
import dev.lantern.ordercenter.epoch.EpochKeeper;
import dev.lantern.ordercenter.epoch.EpochKeys;
import dev.lantern.ordercenter.epoch.MysqlEpochStore;
import dev.lantern.ordercenter.epoch.RedisEpochKeys;
import dev.lantern.ordercenter.fund.CampaignLimits;
import dev.lantern.ordercenter.fund.MysqlBudgetSamples;
import dev.lantern.ordercenter.fund.PendingCuts;
import dev.lantern.ordercenter.fund.VelocityWatch;
import dev.lantern.ordercenter.queue.AcceptLogRegistry;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.queue.Topics;
import dev.lantern.ordercenter.settle.BothLogs;
import dev.lantern.ordercenter.settle.GroupBooking;
import dev.lantern.ordercenter.settle.Holdings;
import dev.lantern.ordercenter.settle.InboxReader;
import dev.lantern.ordercenter.settle.KafkaLogReader;
import dev.lantern.ordercenter.settle.LogReader;
import dev.lantern.ordercenter.settle.MysqlBookingStore;
import dev.lantern.ordercenter.settle.MysqlInboxRows;
import dev.lantern.ordercenter.settle.MysqlOffsetStore;
import dev.lantern.ordercenter.settle.OtelBookingTrace;
import dev.lantern.ordercenter.settle.OtelSettleWatch;
import dev.lantern.ordercenter.settle.OwnershipKeeper;
import dev.lantern.ordercenter.settle.PartitionBooking;
import dev.lantern.ordercenter.settle.RedisTokenRemoval;
import dev.lantern.ordercenter.settle.Retrier;
import dev.lantern.ordercenter.settle.SettleConfig;
import dev.lantern.ordercenter.settle.SettleWatch;
import dev.lantern.ordercenter.settle.SettleWorker;
import dev.lantern.ordercenter.settle.VirtualThreads;
import dev.lantern.ordercenter.sweep.Forcing;
import dev.lantern.ordercenter.sweep.LeaseSweep;
import dev.lantern.ordercenter.sweep.LoggingSweepWatch;
import dev.lantern.ordercenter.sweep.RedisTokenStore;
import dev.lantern.ordercenter.sweep.Sweeper;
import dev.lantern.ordercenter.tally.GrpcCounters;
import dev.lantern.ordercenter.tally.MysqlAccountTotals;
import dev.lantern.ordercenter.tally.ObservedCounters;
import dev.lantern.ordercenter.tally.SwitchedTally;
import dev.lantern.ordercenter.tally.TallyFlusher;
import dev.lantern.ordercenter.weak.Dependencies;
import dev.lantern.runtime.telemetry.Telemetry;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.StoreException;
import io.grpc.Channel;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Wires the role `settle` and runs it.
///
/// ```
/// Kafka, inbox ─▶ SettleWorker ─▶ GroupBooking ─▶ MySQL (offset, orders, ledger, leases: one transaction)
///              │ who books what: OwnershipKeeper          └─▶ RedisTokenRemoval, after the commit
/// WindowCloser: frozen leases whose window an operator ended (L7)
/// LeaseCloser ─▶ queue ends ─▶ Fencer (by partition owner) ─▶ units back to their budget
/// EpochKeeper: lives of Redis A     Sweeper: tokens settlement has passed     Tally: counters
/// ```
public final class SettleWiring implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SettleWiring.class);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration SAMPLE_EVERY = Duration.ofSeconds(5);
  private static final Duration FENCE_EVERY = Duration.ofMillis(250);

  /// What the role needs of the process around it; none of it is closed here.
  ///
  /// @param kafka its bootstrap servers
  /// @param partitions how many the lane's logs have
  /// @param logs refreshed here, about once a second
  /// @param leases this process's own, for what must be booked without its first lease (L6)
  /// @param counters the counter service
  /// @param weak the switches this role goes by
  /// @param dayZone where a person's day begins and ends
  public record Drivers(
      Database database,
      Redis redisA,
      String kafka,
      IntSupplier partitions,
      Topics topics,
      AcceptLogRegistry logs,
      Leases leases,
      Channel counters,
      Dependencies weak,
      Telemetry telemetry,
      Clock clock,
      ZoneId dayZone) {}

  private final Repeating duties = new Repeating();
  private final Repeating booking = new Repeating();
  private final LogReader reader;
  private final SettleWorker worker;
  private final OwnershipKeeper ownership;
  private final CampaignLimits limits;
  private final VirtualThreads threads = new VirtualThreads();

  private SettleWiring(SettleConfig config, Drivers drivers, Lane lane, String me) {
    SettleWatch watch = new OtelSettleWatch(drivers.telemetry().meter());
    Clock clock = drivers.clock();
    Holdings holdings = new Holdings();
    MysqlOffsetStore offsets = new MysqlOffsetStore(drivers.database());
    limits = new CampaignLimits(new MysqlCampaignStore(drivers.database()), drivers.dayZone());
    MysqlBookingStore books = new MysqlBookingStore(drivers.database(), limits);
    Supplier<List<LogName>> logs =
        () -> drivers.logs().all().stream().filter(log -> log.lane() == lane).toList();
    reader =
        new BothLogs(
            new KafkaLogReader(drivers.kafka(), me, config.gather()),
            new InboxReader(new MysqlInboxRows(drivers.database()), clock));
    ownership =
        new OwnershipKeeper(
            me,
            lane,
            offsets,
            () -> withInbox(logs.get(), lane, drivers.partitions()),
            holdings,
            clock,
            config.takeoverAfter(),
            config.touchAfter());
    worker =
        new SettleWorker(
            holdings,
            offsets,
            reader,
            drivers.topics(),
            new PartitionBooking(
                new GroupBooking(books, offsets, clock, limits, limits),
                new RedisTokenRemoval(drivers.redisA(), lane, threads.executor(), watch),
                new OtelBookingTrace(drivers.telemetry().tracer()),
                watch,
                clock),
            threads,
            watch,
            clock);
    startDuties(config, drivers, lane, books, offsets, holdings, logs, limits);
    startFundSecurity(drivers, limits);
    booking.every(Duration.ZERO, "settle", worker::turnOrReadAgain);
  }

  private void startFundSecurity(Drivers drivers, CampaignLimits limits) {
    MysqlBudgetControl control = new MysqlBudgetControl(drivers.database());
    VelocityWatch velocity =
        new VelocityWatch(
            new MysqlBudgetSamples(drivers.database()),
            control,
            drivers.clock(),
            drivers.telemetry().meter());
    duties.every(SECOND, "fund-limits", limits::poll);
    duties.every(SECOND, "pending-cuts", new PendingCuts(control)::tick);
    duties.every(SAMPLE_EVERY, "velocity", velocity::tick);
  }

  private void startDuties(
      SettleConfig config,
      Drivers drivers,
      Lane lane,
      MysqlBookingStore books,
      MysqlOffsetStore offsets,
      Holdings holdings,
      Supplier<List<LogName>> logs,
      CampaignLimits limits) {
    Clock clock = drivers.clock();
    MysqlLeaseClosingStore closing = new MysqlLeaseClosingStore(drivers.database());
    ClosingWatch closingWatch = new LoggingClosingWatch(drivers.telemetry().meter());
    LeaseCloser closer =
        new LeaseCloser(
            closing,
            drivers.logs(),
            drivers.topics(),
            clock,
            config.leaseMargin(),
            config.vanishedAfter(),
            closingWatch);
    EpochKeeper epochs =
        new EpochKeeper(
            lane,
            new RedisEpochKeys(drivers.redisA(), lane),
            new MysqlEpochStore(drivers.database()),
            drivers.logs(),
            drivers.topics(),
            clock,
            config.vanishedAfter(),
            () -> UUID.randomUUID().toString());
    RedisTokenStore tokens = new RedisTokenStore(drivers.redisA(), lane);
    Forcing forcing =
        new Forcing(books, drivers.leases(), clock, lane, drivers.partitions(), limits);
    LoggingSweepWatch sweepWatch = new LoggingSweepWatch(drivers.telemetry().meter());
    Sweeper sweeper =
        new Sweeper(
            tokens,
            offsets,
            logs,
            drivers.topics(),
            forcing,
            lane,
            clock,
            config.sweepYoungest(),
            config.sweepRest(),
            sweepWatch);
    WindowCloser windows =
        new WindowCloser(
            closing,
            new LeaseSweep(
                tokens,
                forcing,
                () -> lives(new RedisEpochKeys(drivers.redisA(), lane)),
                sweepWatch),
            clock,
            config.leaseMargin(),
            closingWatch);
    SwitchedTally tally =
        new SwitchedTally(
            new TallyFlusher(
                new MysqlAccountTotals(drivers.database()),
                new ObservedCounters(
                    new GrpcCounters(drivers.counters(), lane, SECOND), drivers.weak()),
                clock,
                limits),
            drivers.weak());

    duties.every(SECOND, "settle-logs", drivers.logs()::refresh);
    duties.every(SECOND, "settle-ownership", ownership::tick);
    duties.every(SECOND, "settle-retry", new Retrier(books, drivers.leases(), clock, limits)::tick);
    duties.every(SECOND, "lease-closer", closer::tick);
    duties.every(SECOND, "window-closer", windows::tick);
    duties.every(FENCE_EVERY, "fencer", new Fencer(closing, holdings::claims, closingWatch)::tick);
    duties.every(SECOND, "epochs", epochs::tick);
    duties.every(SECOND, "sweep", sweeper::tick);
    duties.every(config.tallyEvery(), "tally", tally::tick);
  }

  /// The servers of Redis A, by their run ids.
  private static List<String> lives(EpochKeys keys) {
    return keys.read().stream().map(BucketEpoch::runId).toList();
  }

  /// The inbox is drained like a topic, also while there is none.
  private static List<LogName> withInbox(List<LogName> topics, Lane lane, IntSupplier partitions) {
    List<LogName> all = new ArrayList<>(topics);
    all.add(LogName.inbox(lane, partitions.getAsInt()));
    return all;
  }

  /// Starts settling a lane.
  ///
  /// @param me unique to this life of the process
  public static SettleWiring start(SettleConfig config, Drivers drivers, Lane lane, String me) {
    return new SettleWiring(config, drivers, lane, me);
  }

  /// The limits and retry policies that settlement goes by, kept up to date here.
  CampaignLimits limits() {
    return limits;
  }

  /// Throws unless settlement makes its turns and no partition it holds has stopped; what health
  /// reports under `settlement`.
  public void check() {
    worker.check();
  }

  /// Ends the turn under way, gives all partitions up and says so.
  @Override
  public void close() {
    reader.wakeUp();
    booking.close();
    duties.close();
    try {
      worker.giveUpAll();
      ownership.leave();
    } catch (StoreException e) {
      LOG.warn("partitions are not given up: others take them once their rows stand still", e);
    } finally {
      reader.close();
      threads.close();
    }
  }
}
