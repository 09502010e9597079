package dev.lantern.simulation.world;

import dev.lantern.common.v1.Lane;
import dev.lantern.common.v1.Reason;
import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.Stage;
import dev.lantern.ordercenter.budget.LeaseIds;
import dev.lantern.ordercenter.budget.LeaseKeeper;
import dev.lantern.ordercenter.budget.LeasesByLog;
import dev.lantern.ordercenter.order.Accept;
import dev.lantern.ordercenter.order.AcceptBatch;
import dev.lantern.ordercenter.order.AcceptRequest;
import dev.lantern.ordercenter.order.AcceptResult;
import dev.lantern.ordercenter.order.ActId;
import dev.lantern.ordercenter.order.Issue;
import dev.lantern.ordercenter.order.Modes;
import dev.lantern.ordercenter.order.OrderNo;
import dev.lantern.ordercenter.order.OrderQuery;
import dev.lantern.ordercenter.order.Promises;
import dev.lantern.ordercenter.order.Refusal;
import dev.lantern.ordercenter.order.Replay;
import dev.lantern.ordercenter.order.RoundId;
import dev.lantern.ordercenter.order.Signer;
import dev.lantern.ordercenter.parked.ParkedDesk;
import dev.lantern.ordercenter.queue.AcceptLogRegistry;
import dev.lantern.ordercenter.settle.DirectLog;
import dev.lantern.ordercenter.sweep.Withdrawal;
import dev.lantern.ordercenter.weak.ClaimGaps;
import dev.lantern.ordercenter.weak.Dependencies;
import dev.lantern.ordercenter.weak.Observed;
import dev.lantern.ordercenter.weak.OrderSwitch;
import dev.lantern.ordercenter.weak.WeakModes;
import dev.lantern.runtime.errors.Refused;
import java.time.Duration;
import java.util.function.Supplier;

/// order-center's role `api`, wired as in production.
final class ApiProcess extends ServerProcess {
  private static final Duration TEND_EVERY = Duration.ofMillis(200);
  private static final Duration OPERATOR_EVERY = Duration.ofMillis(700);
  private static final OrderNo NOBODYS =
      OrderNo.of(
          new ActId(Long.MAX_VALUE),
          new RoundId("probe", 0),
          AwardType.AWARD_TYPE_MESSAGE,
          Stage.STAGE_INTERNAL);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final AcceptLogRegistry logs;
  private final LeaseKeeper keeper;
  private final Dependencies dependencies;
  private final ClaimGaps gaps;
  private final Accept accept;
  private final Gathering gathering;
  private final OrderQuery query;
  private final ParkedDesk desk;
  final ApiMore more;
  private long opIds;

  ApiProcess(World world, String name) {
    super(world, name);
    logs = new AcceptLogRegistry(parts.logTable, parts.topics);
    keeper =
        new LeaseKeeper(
            parts.leases,
            () -> logs.current(Lane.LANE_LIVE),
            new LeaseIds(world.dice::bits),
            name,
            Plan.TERMS,
            Duration.ZERO,
            parts.clock.apply(clock));
    LeasesByLog leases = parts.ownLeases.apply(keeper);
    Supplier<String> ids = () -> name + "#" + ++opIds;
    dependencies = new Dependencies(one -> !world.off.contains(one), Plan.BREAKERS, clock);
    gaps =
        new ClaimGaps(
            parts.gaps,
            Lane.LANE_LIVE,
            () -> !dependencies.uses(OrderSwitch.REDIS),
            Plan.GAPS,
            clock);
    Modes modes = new WeakModes(dependencies, gaps, logs::current, world.plan::partitions);
    Observed observed = new Observed(dependencies);
    Promises promises = observed.promises(parts.promises);
    Signer signer = observed.signer(parts.signer);
    Replay replay = new Replay(signer);
    DirectLog direct =
        new DirectLog(
            parts.books, clock, Lane.LANE_LIVE, world.plan::partitions, parts.more.limits);
    Issue issue =
        new Issue(
            signer,
            new Issue.Logs(observed.log(parts.log), parts.inbox, direct),
            (_, _) -> false,
            leases,
            promises,
            new Issue.Ledger(parts.orders, replay),
            modes,
            ids);
    accept =
        new Accept(
            promises,
            parts.orders,
            leases,
            parts.leases::allClosed,
            issue,
            replay,
            modes,
            clock,
            ids,
            ApiMore.allowance(this, modes));
    var batch =
        new AcceptBatch(
            new AcceptBatch.Stores(promises, leases),
            issue,
            modes,
            clock,
            ids,
            ApiMore.allowance(this, modes));
    gathering = new Gathering(world.baton, world.dice, batch);
    desk = new ParkedDesk(parts.parked, new Withdrawal(parts.tokens), leases, clock);
    more = new ApiMore(this, leases, accept, batch);
    query = new OrderQuery(parts.promises, parts.orders, parts.epochs);
  }

  @Override
  void start() {
    every(SECOND, "accept-log", () -> logs.ensure(Lane.LANE_LIVE, world.plan.partitions()));
    every(Plan.TERMS.heartbeat(), "beat", keeper::beat);
    every(TEND_EVERY, "tend", keeper::tend);
    every(
        OPERATOR_EVERY,
        "operator",
        () -> world.operator.look(this, parts.parked, desk, clock.now().wall()));
    every(OPERATOR_EVERY, "steward", () -> world.steward.look(parts.control, parts.ending));
    if (world.copies.areHandedIn()) {
      every(SECOND, "reward-keys", more.presenting()::readKeys);
    }
    every(TEND_EVERY, "claim-gaps", gaps::tick);
    every(TEND_EVERY, "probe-redis", () -> dependencies.tick(OrderSwitch.REDIS, this::askRedis));
    every(TEND_EVERY, "probe-queue", () -> dependencies.tick(OrderSwitch.QUEUE, this::askQueue));
    every(TEND_EVERY, "probe-tokens", () -> dependencies.tick(OrderSwitch.TOKENS, this::askSigner));
  }

  private void askRedis() {
    var _ = parts.promises.look(Lane.LANE_LIVE, NOBODYS);
  }

  private void askQueue() {
    logs.current(Lane.LANE_LIVE)
        .ifPresent(log -> {
          var _ = parts.topics.idOf(log.topic());
        });
  }

  private void askSigner() {
    var _ = parts.copies.keys.list();
  }

  /// What a client is told; trouble with stores reads as it does at the edge.
  AcceptResult accept(AcceptRequest request) {
    AcceptResult[] told = {
      new AcceptResult.Refused(Refusal.of(Reason.REASON_DEPENDENCY_DOWN, "trouble"))
    };
    attempt("accept", () -> told[0] = take(request));
    return told[0];
  }

  /// Every other number goes into a batch with those that come at the same time.
  private AcceptResult take(AcceptRequest request) {
    if (request.orderNo().text().hashCode() % 2 == 0) {
      return accept.accept(request);
    }
    return switch (gathering.one(new AcceptBatch.Asked(request, ""))) {
      case AcceptBatch.Way.Told(AcceptResult result) -> result;
      case AcceptBatch.Way.Failed(RuntimeException cause) -> throw cause;
      case AcceptBatch.Way.Alone() -> accept.accept(request);
    };
  }

  /// Whether there is an order of this number; throws when that is not known now.
  boolean exists(OrderNo orderNo) {
    try {
      var _ = query.find(Lane.LANE_LIVE, orderNo);
      return true;
    } catch (Refused refused) {
      if (refused.reason() == Reason.REASON_NOT_FOUND) {
        return false;
      }
      throw refused;
    }
  }
}
