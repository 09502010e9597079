package dev.lantern.ordercenter;

import dev.lantern.ordercenter.duties.Repeating;
import dev.lantern.ordercenter.order.RemoteSigner;
import dev.lantern.ordercenter.queue.KafkaAcceptLog;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.queue.PolledBacklog;
import dev.lantern.ordercenter.weak.BreakerTerms;
import dev.lantern.ordercenter.weak.ClaimGaps;
import dev.lantern.ordercenter.weak.Dependencies;
import dev.lantern.ordercenter.weak.GapTerms;
import dev.lantern.ordercenter.weak.MysqlGapStore;
import dev.lantern.ordercenter.weak.Observed;
import dev.lantern.ordercenter.weak.OrderSwitch;
import dev.lantern.ordercenter.weak.SwitchGauge;
import dev.lantern.ordercenter.weak.WeakModes;
import dev.lantern.runtime.server.ServiceHost;
import dev.lantern.runtime.switches.Switches;
import java.time.Duration;

/// Wires what the role `api` does without its weak dependencies: switches and breakers, the mode of
/// each order, the duties that probe and mark.
final class WeakWiring {
  private static final Duration HALF_SECOND = Duration.ofMillis(500);
  private static final Duration SECONDS = Duration.ofSeconds(2);

  final Dependencies dependencies;
  final Observed observed;
  final WeakModes modes;

  private final Foundation base;
  private final ClaimGaps gaps;

  WeakWiring(Foundation base, Switches switches) {
    this.base = base;
    this.dependencies =
        new Dependencies(one -> switches.isOn(one.id()), BreakerTerms.STANDARD, base.clock);
    this.observed = new Observed(dependencies);
    this.gaps =
        new ClaimGaps(
            new MysqlGapStore(base.database),
            base.lane,
            () -> !dependencies.uses(OrderSwitch.REDIS),
            GapTerms.STANDARD,
            base.clock);
    this.modes = new WeakModes(dependencies, gaps, base.logs::current, base::partitions);
    SwitchGauge.show(dependencies, base.telemetry.meter());
  }

  /// Each probe in a duty of its own: one that hangs holds up no other.
  void start(Repeating duties, KafkaAcceptLog log, RemoteSigner signer, PolledBacklog backlog) {
    duties.every(HALF_SECOND, "claim-gaps", gaps::tick);
    duties.every(
        HALF_SECOND,
        "probe-kafka",
        () -> dependencies.tick(OrderSwitch.QUEUE, () -> log.renew(base.requireLog())));
    duties.every(
        HALF_SECOND, "probe-redis", () -> dependencies.tick(OrderSwitch.REDIS, base.redisA::ping));
    duties.every(
        HALF_SECOND,
        "probe-token-service",
        () -> dependencies.tick(OrderSwitch.TOKENS, signer::probe));
    duties.every(
        SECONDS,
        "inbox-backlog",
        () -> backlog.refresh(LogName.inbox(base.lane, base.partitions())));
  }

  /// Each switch beside the dependencies' own health.
  ServiceHost.Builder health(ServiceHost.Builder host) {
    ServiceHost.Builder with = host;
    for (OrderSwitch one : dependencies.mine()) {
      with = with.health(one.id(), () -> dependencies.check(one));
    }
    return with;
  }
}
