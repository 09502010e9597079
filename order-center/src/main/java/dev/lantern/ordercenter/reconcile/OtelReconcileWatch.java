package dev.lantern.ordercenter.reconcile;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// [ReconcileWatch] by OpenTelemetry and the log.
///
/// | metric | means |
/// |---|---|
/// | `reconcile.findings.open`, `reconcile.findings.fen` by class | what differs now; any but 0 wants somebody |
/// | `reconcile.findings.opened` by pass | what a pass has newly found |
/// | `reconcile.lag` by pass | how far it follows what is booked, in seconds |
/// | `reconcile.examined` by pass | orders looked at |
/// | `reconcile.alarms` by outcome | webhook deliveries |
public final class OtelReconcileWatch implements ReconcileWatch {
  private static final Logger LOG = LoggerFactory.getLogger(OtelReconcileWatch.class);
  private static final AttributeKey<String> PASS = AttributeKey.stringKey("pass");
  private static final AttributeKey<String> CLASS = AttributeKey.stringKey("class");
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");

  private final LongCounter opened;
  private final LongCounter examined;
  private final LongCounter alarms;
  private final Map<String, Duration> lags = new ConcurrentHashMap<>();
  private volatile Map<Discrepancy, FindingStore.Open> open = Map.of();

  public OtelReconcileWatch(Meter meter) {
    opened = meter.counterBuilder("reconcile.findings.opened").build();
    examined = meter.counterBuilder("reconcile.examined").build();
    alarms = meter.counterBuilder("reconcile.alarms").build();
    var _ =
        meter
            .gaugeBuilder("reconcile.lag")
            .setUnit("s")
            .buildWithCallback(gauge ->
                lags.forEach(
                    (pass, lag) -> gauge.record(lag.toMillis() / 1e3, Attributes.of(PASS, pass))));
    var _ =
        meter
            .gaugeBuilder("reconcile.findings.open")
            .ofLongs()
            .buildWithCallback(gauge -> {
              for (Discrepancy what : Discrepancy.values()) {
                gauge.record(figures(what).count(), of(what));
              }
            });
    var _ =
        meter
            .gaugeBuilder("reconcile.findings.fen")
            .ofLongs()
            .buildWithCallback(gauge -> {
              for (Discrepancy what : Discrepancy.values()) {
                gauge.record(figures(what).fen(), of(what));
              }
            });
  }

  private FindingStore.Open figures(Discrepancy what) {
    return open.getOrDefault(what, new FindingStore.Open(0, 0));
  }

  private static Attributes of(Discrepancy what) {
    return Attributes.of(CLASS, what.name());
  }

  @Override
  public void followed(String pass, Duration lag, long orders) {
    lags.put(pass, lag);
    examined.add(orders, Attributes.of(PASS, pass));
  }

  @Override
  public void recorded(String pass, FindingStore.Recorded recorded) {
    if (recorded.opened() > 0) {
      opened.add(recorded.opened(), Attributes.of(PASS, pass));
      LOG.error("PAGE reconciliation ({}) opened {} findings", pass, recorded.opened());
    }
  }

  @Override
  public void open(Map<Discrepancy, FindingStore.Open> now) {
    open = Map.copyOf(now);
  }

  @Override
  public void alarm(Delivery delivery, String why) {
    alarms.add(1, Attributes.of(OUTCOME, delivery.name().toLowerCase(Locale.ROOT)));
    switch (delivery) {
      case SENT -> {}
      case FAILED -> LOG.warn("an alarm is sent again: {}", why);
      case GIVEN_UP -> LOG.error("PAGE an alarm could not be delivered: {}", why);
    }
  }
}
