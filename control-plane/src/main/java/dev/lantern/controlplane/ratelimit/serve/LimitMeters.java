package dev.lantern.controlplane.ratelimit.serve;

import dev.lantern.controlplane.ratelimit.decide.Holdings;
import dev.lantern.controlplane.ratelimit.decide.Standing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/// What operators see of the limits, read when asked for: counting a decision costs an addition.
public final class LimitMeters {
  private static final AttributeKey<String> RULE = AttributeKey.stringKey("rule");
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");

  private LimitMeters() {}

  public static void register(
      Meter meter, ActiveRules rules, Decisions decisions, Holdings holdings, Standing standing) {
    var _ =
        meter
            .counterBuilder("lantern.limit.calls")
            .setDescription("calls under each rule, by what became of them")
            .buildWithCallback(counter -> rules.all().forEach(rule -> told(rule, counter)));
    var _ =
        meter
            .counterBuilder("lantern.limit.unlimited")
            .setDescription("descriptors that no rule here has")
            .buildWithCallback(counter -> counter.record(decisions.unlimited()));
    var _ =
        meter
            .counterBuilder("lantern.limit.late")
            .setDescription("calls whose caller did not wait for the verdict")
            .buildWithCallback(counter -> counter.record(decisions.late()));
    gauge(meter, "lantern.limit.under.way", "calls that wait", () -> decisions.underWay());
    gauge(meter, "lantern.limit.keys", "keys something is known of", () -> holdings.size());
    gauge(meter, "lantern.limit.revision", "of the rules in force", () -> rules.revision());
    gauge(
        meter,
        "lantern.limit.redis.answers",
        "1: Redis answers; 0: calls are let through to the gateways' own backstops",
        () -> standing.answers() ? 1 : 0);
  }

  private static void told(ActiveRule rule, ObservableLongMeasurement counter) {
    Tally tally = rule.tally();
    record(counter, rule, "allowed", tally.allowed());
    record(counter, rule, "near", tally.near());
    record(counter, rule, "refused", tally.refused());
    record(counter, rule, "would_refuse", tally.wouldRefuse());
    record(counter, rule, "unknown", tally.unknown());
    record(counter, rule, "given_back", tally.givenBack());
  }

  private static void record(
      ObservableLongMeasurement counter, ActiveRule rule, String outcome, LongAdder figure) {
    counter.record(figure.sum(), Attributes.of(RULE, rule.rule().id(), OUTCOME, outcome));
  }

  private static void gauge(Meter meter, String name, String description, LongSupplier figure) {
    var _ =
        meter
            .gaugeBuilder(name)
            .ofLongs()
            .setDescription(description)
            .buildWithCallback(gauge -> gauge.record(figure.getAsLong()));
  }
}
