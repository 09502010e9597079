package dev.lantern.ordercenter.grant;

import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.grant.GrantStore.Overdue;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells of grants that have been due for a minute and longer, and of the gates.
///
/// | metric | means |
/// |---|---|
/// | `grants.overdue` by downstream | how many have been due for over a minute |
/// | `grants.breaker` by downstream | 0 calls go through, 1 probing, 2 none do |
///
/// What names a downstream that is not configured here is delayed until it is, and pages: nobody
/// asks for it.
public final class OverdueGrants {
  static final Duration AGE = Duration.ofMinutes(1);
  private static final Logger LOG = LoggerFactory.getLogger(OverdueGrants.class);
  private static final AttributeKey<String> DOWNSTREAM = AttributeKey.stringKey("downstream");

  private final GrantStore store;
  private final Map<String, Outbound> gates;
  private final Clock clock;
  private volatile List<Overdue> overdue = List.of();

  public OverdueGrants(GrantStore store, Map<String, Outbound> gates, Clock clock, Meter meter) {
    this.store = store;
    this.gates = gates;
    this.clock = clock;
    var _ =
        meter
            .gaugeBuilder("grants.overdue")
            .ofLongs()
            .buildWithCallback(
                gauge -> overdue.forEach(one -> gauge.record(one.count(), of(one.downstream()))));
    var _ =
        meter
            .gaugeBuilder("grants.breaker")
            .ofLongs()
            .buildWithCallback(gauge ->
                gates.forEach((name, gate) -> gauge.record(gate.breakerLevel(), of(name))));
  }

  public void tick() {
    overdue = store.overdue(clock.now().wall(), AGE);
    for (Overdue one : overdue) {
      if (!gates.containsKey(one.downstream())) {
        LOG.error(
            "PAGE {} grants wait for the downstream {}, which is not configured here; the oldest"
                + " since {}",
            one.count(),
            one.downstream(),
            one.oldest());
      }
    }
  }

  private static Attributes of(String downstream) {
    return Attributes.of(DOWNSTREAM, downstream);
  }
}
