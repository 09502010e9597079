package dev.lantern.simulation.world;

import dev.lantern.common.v1.Lane;
import dev.lantern.common.v1.Reason;
import dev.lantern.ordercenter.budget.LeaseIds;
import dev.lantern.ordercenter.budget.LeaseKeeper;
import dev.lantern.ordercenter.budget.Leases;
import dev.lantern.ordercenter.order.Accept;
import dev.lantern.ordercenter.order.AcceptRequest;
import dev.lantern.ordercenter.order.AcceptResult;
import dev.lantern.ordercenter.order.Issue;
import dev.lantern.ordercenter.order.OrderNo;
import dev.lantern.ordercenter.order.OrderQuery;
import dev.lantern.ordercenter.order.Refusal;
import dev.lantern.ordercenter.order.Replay;
import dev.lantern.ordercenter.parked.ParkedDesk;
import dev.lantern.ordercenter.queue.AcceptLogRegistry;
import dev.lantern.ordercenter.sweep.Withdrawal;
import dev.lantern.runtime.errors.Refused;
import java.time.Duration;
import java.util.function.Supplier;

/// order-center's role `api`, wired as in production.
final class ApiProcess extends ServerProcess {
  private static final Duration TEND_EVERY = Duration.ofMillis(200);
  private static final Duration OPERATOR_EVERY = Duration.ofMillis(700);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final AcceptLogRegistry logs;
  private final LeaseKeeper keeper;
  private final Accept accept;
  private final OrderQuery query;
  private final ParkedDesk desk;
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
    Leases leases = parts.ownLeases.apply(keeper);
    Supplier<String> ids = () -> name + "#" + ++opIds;
    Issue issue =
        new Issue(
            parts.signer, parts.log, logs::current, (_, _) -> false, leases, parts.promises, ids);
    accept =
        new Accept(
            parts.promises,
            parts.orders,
            leases,
            parts.leases::allClosed,
            issue,
            new Replay(parts.signer),
            clock,
            ids);
    desk = new ParkedDesk(parts.parked, new Withdrawal(parts.tokens), leases, clock);
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
  }

  /// What a client is told; trouble with stores reads as it does at the edge.
  AcceptResult accept(AcceptRequest request) {
    AcceptResult[] told = {
      new AcceptResult.Refused(Refusal.of(Reason.REASON_DEPENDENCY_DOWN, "trouble"))
    };
    attempt("accept", () -> told[0] = accept.accept(request));
    return told[0];
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
