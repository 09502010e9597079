package dev.lantern.ordercenter.closing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// [ClosingWatch] by the metrics `leases.closing` (event: dead, closed, frozen, swept, broken) and
/// `leases.fenced`, and the log.
public final class LoggingClosingWatch implements ClosingWatch {
  private static final Logger LOG = LoggerFactory.getLogger(LoggingClosingWatch.class);
  private static final AttributeKey<String> EVENT = AttributeKey.stringKey("event");

  private final LongCounter events;
  private final LongCounter fenced;

  public LoggingClosingWatch(Meter meter) {
    this.events = meter.counterBuilder("leases.closing").build();
    this.fenced = meter.counterBuilder("leases.fenced").build();
  }

  @Override
  public void foundDead(UnclosedLease lease) {
    count("dead", 1);
    LOG.warn("the holder of lease {} on {} is gone: closing", lease.leaseId(), lease.budgetId());
  }

  @Override
  public void fenced(long leases) {
    fenced.add(leases);
  }

  @Override
  public void closed(UnclosedLease lease, long returnedUnits) {
    count("closed", 1);
    LOG.info(
        "lease {} is closed, {} of {} back to {}",
        lease.leaseId(),
        returnedUnits,
        lease.slice(),
        lease.budgetId());
  }

  @Override
  public void windowSwept(int leases) {
    count("swept", leases);
    LOG.warn("no token of {} frozen leases is left: they are fenced and closed", leases);
  }

  @Override
  public void page(UnclosedLease lease, String why) {
    count("broken", 1);
    LOG.error("PAGE lease {} on {}: {}", lease.leaseId(), lease.budgetId(), why);
  }

  @Override
  public void frozen(String log, long leases) {
    count("frozen", leases);
    LOG.error("PAGE the accept log {} has vanished: {} leases are frozen", log, leases);
  }

  private void count(String event, long by) {
    events.add(by, Attributes.of(EVENT, event));
  }
}
