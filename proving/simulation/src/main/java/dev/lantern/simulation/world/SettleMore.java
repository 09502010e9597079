package dev.lantern.simulation.world;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.budget.Leases;
import dev.lantern.ordercenter.grant.Decision;
import dev.lantern.ordercenter.grant.Granter;
import dev.lantern.ordercenter.grant.Outbound;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.reissue.Intents;
import dev.lantern.ordercenter.reissue.Payer;
import dev.lantern.ordercenter.reissue.ReissueWorker;
import dev.lantern.simulation.vendor.SimVendor;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/// What the role `settle` does beside booking, as far as the seed plays it: it asks vendors and
/// pays reissues.
final class SettleMore {
  private static final Duration TURN = Duration.ofMillis(100);
  private static final Duration REISSUE_TURN = Duration.ofMillis(200);
  private static final Duration AUDIT_TURN = Duration.ofSeconds(1);
  private static final Duration VENDOR_TIMEOUT = Duration.ofMillis(600);
  private static final int CALLS_AT_ONCE = 3;
  private static final int REPEATS_A_SECOND = 1;
  private static final int MOST_TRIES = 4;
  private static final Duration FIRST_WAIT = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  private final SettleProcess process;
  private final World world;
  private final Leases leases;
  private final Supplier<List<LogName>> logs;

  /// @param leases the process's own
  /// @param logs of the lane
  SettleMore(SettleProcess process, Leases leases, Supplier<List<LogName>> logs) {
    this.process = process;
    this.logs = logs;
    this.world = process.world;
    this.leases = leases;
  }

  void start() {
    if (world.program.hasThings()) {
      process.every(TURN, "grants", granter()::tick);
    }
    if (world.program.reissues()) {
      process.every(REISSUE_TURN, "reissue", reissues()::tick);
    }
    if (world.program.audits()) {
      process.every(AUDIT_TURN, "audit", new Auditor(process, logs)::tick);
    }
  }

  private ReissueWorker reissues() {
    Parts parts = process.parts;
    Payer payer =
        new Payer(
            parts.more.payments,
            new Intents(parts.promises, parts.epochs),
            leases,
            process.clock,
            Lane.LANE_LIVE,
            () -> world.plan.partitions(),
            parts.more.limits);
    return new ReissueWorker(
        parts.more.payments,
        payer,
        (reissue, payment, outcome) ->
            world.witness.note("reissue", payment.orderNo() + " " + outcome),
        process.life.name(),
        process.clock);
  }

  private Granter granter() {
    return new Granter(
        SimVendor.NAME,
        process.parts.more.vendor,
        new Outbound(SimVendor.NAME, () -> Duration.ZERO, REPEATS_A_SECOND, process.clock),
        new Granter.Terms(
            VENDOR_TIMEOUT,
            CALLS_AT_ONCE,
            world.program.askFirst(),
            new Decision.Patience(MOST_TRIES, FIRST_WAIT, LONGEST_WAIT)),
        process.parts.more.grants,
        leases,
        SettleMore::oneByOne,
        new GrantNotes(world.witness, world.tables),
        process.clock,
        () -> world.dice.between(0, 100) / 100.0);
  }

  /// Between two calls others run, too.
  static void oneByOne(Collection<Callable<Void>> calls) {
    for (Callable<Void> call : calls) {
      try {
        call.call();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
