package dev.lantern.ordercenter.reconcile;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// [SidesWatch] by OpenTelemetry and the log.
///
/// | metric | means |
/// |---|---|
/// | `reconcile.sides.examined` by pass | records, grants, tokens compared |
/// | `reconcile.sides.behind` by pass | how many are still to be compared |
/// | `reconcile.sides.skipped` by pass | 1 while the other side cannot be asked |
public final class OtelSidesWatch implements SidesWatch {
  private static final Logger LOG = LoggerFactory.getLogger(OtelSidesWatch.class);
  private static final AttributeKey<String> PASS = AttributeKey.stringKey("pass");

  private final ReconcileWatch findings;
  private final LongCounter examined;
  private final Map<String, Long> behind = new ConcurrentHashMap<>();
  private final Set<String> away = ConcurrentHashMap.newKeySet();

  /// A watch.
  ///
  /// @param findings told what passes found
  public OtelSidesWatch(Meter meter, ReconcileWatch findings) {
    this.findings = findings;
    examined = meter.counterBuilder("reconcile.sides.examined").build();
    var _ =
        meter
            .gaugeBuilder("reconcile.sides.behind")
            .ofLongs()
            .buildWithCallback(gauge ->
                behind.forEach((pass, count) -> gauge.record(count, Attributes.of(PASS, pass))));
    var _ =
        meter
            .gaugeBuilder("reconcile.sides.skipped")
            .ofLongs()
            .buildWithCallback(gauge ->
                behind
                    .keySet()
                    .forEach(pass ->
                        gauge.record(away.contains(pass) ? 1 : 0, Attributes.of(PASS, pass))));
  }

  @Override
  public void examined(String pass, long count) {
    examined.add(count, Attributes.of(PASS, pass));
  }

  @Override
  public void behind(String pass, long count) {
    behind.put(pass, count);
  }

  @Override
  public void recorded(String pass, FindingStore.Recorded recorded) {
    findings.recorded(pass, recorded);
  }

  @Override
  public void skipped(String pass, String why) {
    behind.putIfAbsent(pass, 0L);
    if (away.add(pass)) {
      LOG.warn("reconciliation ({}) is skipped for now: {}", pass, why);
    }
  }

  @Override
  public void back(String pass) {
    if (away.remove(pass)) {
      LOG.info("reconciliation ({}) goes on where it was", pass);
    }
  }
}
