package dev.lantern.simulation.world;

import dev.lantern.common.v1.Lane;
import dev.lantern.common.v1.Reason;
import dev.lantern.ordercenter.accounting.UserForcing;
import dev.lantern.ordercenter.budget.Leases;
import dev.lantern.ordercenter.budget.LeasesByLog;
import dev.lantern.ordercenter.campaign.CampaignRounds;
import dev.lantern.ordercenter.fund.DayAllowance;
import dev.lantern.ordercenter.order.Accept;
import dev.lantern.ordercenter.order.AcceptBatch;
import dev.lantern.ordercenter.order.AcceptResult;
import dev.lantern.ordercenter.order.Allowance;
import dev.lantern.ordercenter.order.Ask;
import dev.lantern.ordercenter.order.Modes;
import dev.lantern.ordercenter.order.OrderDesk;
import dev.lantern.ordercenter.order.Refusal;
import dev.lantern.ordercenter.order.Rounds;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.settle.Retrier;
import dev.lantern.ordercenter.sweep.Forcing;
import dev.lantern.simulation.ledger.SimSpent;
import java.time.Duration;
import java.util.List;

/// What the role `api` does beside accepting: it resolves rounds, settles single users, and asks
/// about their days.
final class ApiMore {
  private static final Duration PATIENCE = Duration.ofMillis(1_500);

  private final ApiProcess process;
  private final UserForcing forcing;
  private final OrderDesk desk;
  private final Presenting presenting;

  ApiMore(ApiProcess process, LeasesByLog all, Accept accept, AcceptBatch batch) {
    this.process = process;
    World world = process.world;
    Parts parts = process.parts;
    Leases leases = all.from(() -> LogName.direct(Lane.LANE_LIVE, world.plan.partitions()));
    forcing =
        new UserForcing(
            parts.more.forceTokens,
            parts.more.waiting,
            parts.more.setAside,
            new Forcing(
                parts.more.forceBooks,
                leases,
                process.clock,
                Lane.LANE_LIVE,
                () -> world.plan.partitions(),
                parts.more.limits),
            new Retrier(parts.more.forceBooks, leases, process.clock),
            process.clock,
            PATIENCE);
    presenting = new Presenting(process, leases);
    Rounds rounds = new CampaignRounds(world.stages.campaigns(), (_, _, _, _) -> true);
    desk =
        new OrderDesk(
            parts.more.rounds.apply(rounds),
            accept,
            asked -> batch.accept(List.of(asked)).getFirst(),
            process.clock,
            () -> "");
  }

  /// What accepting asks about a person's day.
  static Allowance allowance(ApiProcess process, Modes modes) {
    DayCaps caps = process.world.dayCaps;
    MoreParts parts = process.parts.more;
    if (!caps.areOn()) {
      return Allowance.UNLIMITED;
    }
    return parts.allowance.apply(
        new DayAllowance(
            caps.campaignLimits(),
            parts.days,
            SimSpent.after(process.parts.tokens, parts.spent),
            modes::trustsSilence,
            caps.zone()));
  }

  /// What a client is told who names a round alone; the process resolves it.
  AcceptResult issue(Ask ask) {
    AcceptResult[] told = {
      new AcceptResult.Refused(Refusal.of(Reason.REASON_DEPENDENCY_DOWN, "trouble"))
    };
    process.attempt("issue", () -> told[0] = desk.issue(ask).result());
    return told[0];
  }

  Presenting presenting() {
    return presenting;
  }

  UserForcing forcing() {
    return forcing;
  }
}
