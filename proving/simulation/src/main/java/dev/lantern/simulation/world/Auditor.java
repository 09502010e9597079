package dev.lantern.simulation.world;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.reconcile.Discrepancy;
import dev.lantern.ordercenter.reconcile.FindingStore;
import dev.lantern.ordercenter.reconcile.Leader;
import dev.lantern.ordercenter.reconcile.Leadership;
import dev.lantern.ordercenter.reconcile.LeadershipLost;
import dev.lantern.ordercenter.reconcile.LogPass;
import dev.lantern.ordercenter.reconcile.ReconcileWatch;
import dev.lantern.ordercenter.reconcile.TokenPass;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The passes of reconciliation that are code and not one statement, in one process of the role
/// `settle`: tokens beside the books, the log beside where settlement stands, one leader at a time.
final class Auditor implements ReconcileWatch {
  private static final Duration TOKEN_AGE = Duration.ofSeconds(8);
  private static final Duration STALLED_AFTER = Duration.ofSeconds(60);

  private final Leader leader;
  private final LogPass log;
  private final TokenPass tokens;

  Auditor(SettleProcess process, Supplier<List<LogName>> logs) {
    Parts parts = process.parts;
    leader = new Leader(parts.more.marks, process.life.name(), process.clock);
    log =
        new LogPass(
            parts.offsets,
            parts.more.auditTopics,
            logs,
            Lane.LANE_LIVE,
            parts.more.findings,
            this,
            process.clock,
            STALLED_AFTER);
    tokens =
        new TokenPass(
            parts.tokens,
            parts.more.orderTimes,
            parts.more.findings,
            this,
            process.clock,
            TOKEN_AGE);
  }

  void tick() {
    Optional<Leadership> mine = leader.claim();
    if (mine.isEmpty()) {
      return;
    }
    try {
      log.run(mine.get());
      tokens.tick(mine.get());
    } catch (LeadershipLost lost) {
      // Another process looks from now on.
    }
  }

  @Override
  public void followed(String pass, Duration lag, long examined) {}

  @Override
  public void recorded(String pass, FindingStore.Recorded recorded) {}

  @Override
  public void open(Map<Discrepancy, FindingStore.Open> open) {}

  @Override
  public void alarm(Delivery delivery, String why) {}
}
