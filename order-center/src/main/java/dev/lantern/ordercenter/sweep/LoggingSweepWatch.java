package dev.lantern.ordercenter.sweep;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// [SweepWatch] by the metric `settle.swept` (outcome: removed, forced, parked, unreadable) and the
/// log.
public final class LoggingSweepWatch implements SweepWatch {
  private static final Logger LOG = LoggerFactory.getLogger(LoggingSweepWatch.class);
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");

  private final LongCounter swept;

  public LoggingSweepWatch(Meter meter) {
    this.swept = meter.counterBuilder("settle.swept").build();
  }

  @Override
  public void removed(int tokens) {
    if (tokens > 0) {
      swept.add(tokens, Attributes.of(OUTCOME, "removed"));
      LOG.info("{} tokens of booked orders removed", tokens);
    }
  }

  @Override
  public void forced(StoredToken token, Forcing.Outcome outcome) {
    boolean booked = outcome == Forcing.Outcome.FORCED;
    swept.add(1, Attributes.of(OUTCOME, booked ? "forced" : "parked"));
    LOG.warn(
        "order {} is {} from its token alone",
        token.promise().orderNo(),
        booked ? "booked" : "parked");
  }

  @Override
  public void unreadable(int entries) {
    swept.add(entries, Attributes.of(OUTCOME, "unreadable"));
    LOG.error("PAGE {} entries of token maps cannot be read", entries);
  }
}
