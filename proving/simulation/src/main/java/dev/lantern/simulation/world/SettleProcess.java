package dev.lantern.simulation.world;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.budget.LeaseIds;
import dev.lantern.ordercenter.budget.LeaseKeeper;
import dev.lantern.ordercenter.closing.Fencer;
import dev.lantern.ordercenter.closing.LeaseCloser;
import dev.lantern.ordercenter.closing.WindowCloser;
import dev.lantern.ordercenter.epoch.EpochKeeper;
import dev.lantern.ordercenter.fund.PendingCuts;
import dev.lantern.ordercenter.queue.AcceptLogRegistry;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.settle.BothLogs;
import dev.lantern.ordercenter.settle.GroupBooking;
import dev.lantern.ordercenter.settle.Holdings;
import dev.lantern.ordercenter.settle.InboxReader;
import dev.lantern.ordercenter.settle.OwnershipKeeper;
import dev.lantern.ordercenter.settle.PartitionBooking;
import dev.lantern.ordercenter.settle.Promise;
import dev.lantern.ordercenter.settle.Retrier;
import dev.lantern.ordercenter.settle.SettleConfig;
import dev.lantern.ordercenter.settle.SettleWorker;
import dev.lantern.ordercenter.sweep.Forcing;
import dev.lantern.ordercenter.sweep.LeaseSweep;
import dev.lantern.ordercenter.sweep.Sweeper;
import dev.lantern.ordercenter.tally.TallyFlusher;
import dev.lantern.simulation.queue.SimLogReader;
import dev.lantern.stores.redis.RedisUnavailableException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// order-center's role `settle`, wired as in production.
final class SettleProcess extends ServerProcess {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration TEND_EVERY = Duration.ofMillis(200);
  private static final Duration FENCE_EVERY = Duration.ofMillis(250);
  private static final int REMOVAL_TRIES = 3;

  private final AcceptLogRegistry logs;
  private final LeaseKeeper leases;
  private final OwnershipKeeper ownership;
  private final SettleWorker worker;
  private final Retrier retrier;
  private final LeaseCloser closer;
  private final Fencer fencer;
  private final WindowCloser windows;
  private final EpochKeeper epochs;
  private final Sweeper sweeper;
  private final TallyFlusher tally;
  private final SettleMore more;
  private long epochIds;

  SettleProcess(World world, String name) {
    super(world, name);
    SettleConfig config = Plan.SETTLE;
    Lane lane = Lane.LANE_LIVE;
    Watch watch = new Watch(world.witness, world.queue::hasLost);
    Holdings holdings = new Holdings();
    logs = new AcceptLogRegistry(parts.logTable, parts.topics);
    Supplier<List<LogName>> ofLane = logs::all;
    LogName inbox = LogName.inbox(lane, world.plan.partitions());
    Supplier<List<LogName>> drained =
        () -> Stream.concat(logs.all().stream(), Stream.of(inbox)).toList();
    leases =
        new LeaseKeeper(
            parts.leases,
            () -> Optional.of(LogName.direct(lane, world.plan.partitions())),
            new LeaseIds(world.dice::bits),
            name,
            Plan.TERMS,
            Duration.ZERO,
            parts.clock.apply(clock));
    ownership =
        new OwnershipKeeper(
            name,
            lane,
            parts.offsets,
            drained,
            holdings,
            clock,
            config.takeoverAfter(),
            config.touchAfter());
    worker =
        new SettleWorker(
            holdings,
            parts.offsets,
            new BothLogs(
                new SimLogReader(parts.fetches, world.baton, world.dice),
                new InboxReader(parts.inboxRows, clock)),
            parts.settledTopics,
            new PartitionBooking(
                new GroupBooking(parts.books, parts.offsets, clock, parts.more.limits),
                this::removeTokens,
                (_, _, booking) -> booking.get(),
                watch,
                clock),
            this::oneByOne,
            watch,
            clock);
    retrier = new Retrier(parts.books, parts.ownLeases.apply(leases), clock);
    closer =
        new LeaseCloser(
            parts.closing,
            logs,
            parts.topics,
            clock,
            config.leaseMargin(),
            config.vanishedAfter(),
            watch);
    fencer = new Fencer(parts.closing, holdings::claims, watch);
    epochs =
        new EpochKeeper(
            lane,
            parts.epochKeys,
            parts.epochRows,
            logs,
            parts.topics,
            clock,
            config.vanishedAfter(),
            () -> name + "-epoch-" + ++epochIds);
    Forcing forcing =
        new Forcing(
            parts.more.forceBooks,
            parts.ownLeases.apply(leases),
            clock,
            lane,
            () -> world.plan.partitions(),
            parts.more.limits);
    windows =
        new WindowCloser(
            parts.closing,
            new LeaseSweep(parts.windowTokens, forcing, () -> parts.lives.get(), watch),
            clock,
            config.leaseMargin(),
            watch);
    sweeper =
        new Sweeper(
            parts.tokens,
            parts.offsets,
            ofLane,
            parts.topics,
            forcing,
            lane,
            clock,
            config.sweepYoungest(),
            config.sweepRest(),
            watch);
    tally = new TallyFlusher(parts.totals, parts.counters, clock);
    more = new SettleMore(this, parts.ownLeases.apply(leases), ofLane);
  }

  @Override
  void start() {
    every(SECOND, "settle-logs", logs::refresh);
    every(SECOND, "ownership", ownership::tick);
    every(SECOND, "retry", retrier::tick);
    every(SECOND, "closer", closer::tick);
    every(FENCE_EVERY, "fencer", fencer::tick);
    every(SECOND, "windows", windows::tick);
    every(SECOND, "pending-cuts", new PendingCuts(parts.control)::tick);
    every(SECOND, "epochs", epochs::tick);
    every(SECOND, "sweep", sweeper::tick);
    every(Plan.SETTLE.tallyEvery(), "tally", tally::tick);
    every(Plan.TERMS.heartbeat(), "beat", leases::beat);
    every(TEND_EVERY, "tend", leases::tend);
    every(Duration.ZERO, "settle", worker::turnOrReadAgain);
    more.start();
  }

  /// After the commit, elsewhere, and allowed to fail.
  private void removeTokens(Collection<Promise> promises) {
    if (promises.isEmpty()) {
      return;
    }
    world.baton.start(
        life,
        life.name() + ".removal",
        () -> {
          for (int attempt = 0; attempt < REMOVAL_TRIES; attempt++) {
            try {
              parts.handled.removeHandled(promises);
              return;
            } catch (RedisUnavailableException again) {
              // What stays is the sweep's.
            }
          }
        });
  }

  /// Partitions are booked one after another: between two of them others run, too.
  private void oneByOne(Collection<Callable<Void>> tasks) {
    for (Callable<Void> task : tasks) {
      try {
        task.call();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
