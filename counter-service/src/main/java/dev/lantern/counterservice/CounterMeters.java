package dev.lantern.counterservice;

import dev.lantern.counterservice.counter.ReadSwitch.Standing;
import dev.lantern.counterservice.counter.Source;
import dev.lantern.counterservice.read.CounterBoard;
import dev.lantern.counterservice.read.Poller;
import dev.lantern.counterservice.read.Watchers;
import dev.lantern.counterservice.replica.Replicas;
import dev.lantern.counterservice.replica.WatchedReplica;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;

/// What operators see of the counters: how each Redis stands, which one is read, what was taken.
final class CounterMeters {

  private static final AttributeKey<String> REDIS = AttributeKey.stringKey("redis");

  private final LongCounter taken;

  CounterMeters(
      Meter meter, Replicas replicas, Poller poller, CounterBoard board, Watchers watchers) {
    this.taken = meter.counterBuilder("lantern.counter.totals.taken").build();
    var _ =
        meter
            .gaugeBuilder("lantern.counter.redis.standing")
            .ofLongs()
            .setDescription("0 gone, 1 lacking something the other one has, 2 whole")
            .buildWithCallback(gauge -> {
              for (WatchedReplica replica : replicas.both()) {
                gauge.record(level(replica.standing()), attribute(replica.source()));
              }
            });
    var _ =
        meter
            .gaugeBuilder("lantern.counter.read.source")
            .ofLongs()
            .setDescription("1 for the Redis that is read")
            .buildWithCallback(gauge -> gauge.record(1, attribute(poller.source())));
    var _ =
        meter
            .gaugeBuilder("lantern.counter.known")
            .ofLongs()
            .setDescription("counters on the board")
            .buildWithCallback(gauge -> gauge.record(board.counters().size()));
    var _ =
        meter
            .gaugeBuilder("lantern.counter.watchers")
            .ofLongs()
            .setDescription("readers of Watch")
            .buildWithCallback(gauge -> gauge.record(watchers.count()));
  }

  void taken(int totals) {
    taken.add(totals);
  }

  private static long level(Standing standing) {
    return switch (standing) {
      case GONE -> 0;
      case LACKING -> 1;
      case WHOLE -> 2;
    };
  }

  private static Attributes attribute(Source source) {
    return Attributes.of(REDIS, source.name());
  }
}
