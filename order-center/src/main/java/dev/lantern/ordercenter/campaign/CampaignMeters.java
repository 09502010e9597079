package dev.lantern.ordercenter.campaign;

import dev.lantern.ordercenter.campaign.CampaignWatch.State;
import dev.lantern.ordercenter.campaign.Campaigns.Dated;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/// What an operator sees of an instance's [CampaignWatch].
///
/// | metric | means |
/// |---|---|
/// | `campaigns.age` | seconds since its last good look began; from 8 on nothing is accepted |
/// | `campaigns.clock.behind` | how far its clock is behind the database's, in seconds |
/// | `campaigns.revision` by activity | the revision in effect here |
/// | `campaigns.unreadable` by activity | 1: that revision is beyond this version, and refused |
public final class CampaignMeters {
  private static final AttributeKey<String> ACTIVITY = AttributeKey.stringKey("activity");

  private final CampaignWatch watch;
  private final Meter meter;

  private CampaignMeters(CampaignWatch watch, Meter meter) {
    this.watch = watch;
    this.meter = meter;
  }

  /// Registers the gauges.
  public static void register(CampaignWatch watch, Meter meter) {
    CampaignMeters meters = new CampaignMeters(watch, meter);
    meters.seconds("campaigns.age", State::age);
    meters.seconds("campaigns.clock.behind", State::storeAhead);
    meters.byActivity("campaigns.revision", Dated::number);
    meters.byActivity("campaigns.unreadable", dated -> dated.index().isEmpty() ? 1 : 0);
  }

  private void seconds(String name, Function<State, Duration> figure) {
    var _ =
        meter
            .gaugeBuilder(name)
            .setUnit("s")
            .buildWithCallback(gauge ->
                watch
                    .state()
                    .ifPresent(state -> gauge.record(figure.apply(state).toMillis() / 1e3)));
  }

  private void byActivity(String name, ToLongFunction<Dated> figure) {
    var _ =
        meter
            .gaugeBuilder(name)
            .ofLongs()
            .buildWithCallback(gauge ->
                watch
                    .state()
                    .ifPresent(state ->
                        state
                            .inForce()
                            .forEach((id, dated) ->
                                gauge.record(
                                    figure.applyAsLong(dated), Attributes.of(ACTIVITY, id)))));
  }
}
