package dev.lantern.ordercenter.grant;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// [GrantWatch] by OpenTelemetry and the log.
///
/// | metric | means |
/// |---|---|
/// | `grants.calls` by downstream and answer | what downstreams say; `unknown` deserves a look |
/// | `grants.call.duration` by downstream | how long they take |
/// | `grants.ended` by downstream and what | what became of grants |
/// | `grants.unavailable` by downstream | the ledger could not record; asked again |
/// | `grants.pages` by downstream | a broken invariant: somebody must look |
public final class OtelGrantWatch implements GrantWatch {
  private static final Logger LOG = LoggerFactory.getLogger(OtelGrantWatch.class);
  private static final AttributeKey<String> DOWNSTREAM = AttributeKey.stringKey("downstream");
  private static final AttributeKey<String> ANSWER = AttributeKey.stringKey("answer");
  private static final AttributeKey<String> WHAT = AttributeKey.stringKey("what");

  private final LongCounter calls;
  private final DoubleHistogram durations;
  private final LongCounter ended;
  private final LongCounter unavailable;
  private final LongCounter pages;

  public OtelGrantWatch(Meter meter) {
    calls = meter.counterBuilder("grants.calls").build();
    durations = meter.histogramBuilder("grants.call.duration").setUnit("s").build();
    ended = meter.counterBuilder("grants.ended").build();
    unavailable = meter.counterBuilder("grants.unavailable").build();
    pages = meter.counterBuilder("grants.pages").build();
  }

  @Override
  public void answered(String downstream, Answer answer, Duration took) {
    calls.add(1, Attributes.of(DOWNSTREAM, downstream, ANSWER, name(answer)));
    durations.record(took.toNanos() / 1e9, Attributes.of(DOWNSTREAM, downstream));
  }

  @Override
  public void ended(DueGrant grant, String what) {
    ended.add(1, Attributes.of(DOWNSTREAM, grant.downstream(), WHAT, what));
    if (what.equals("parked")) {
      LOG.warn("grant {} of {} waits for an operator", grant.id(), grant.downstream());
    }
  }

  @Override
  public void unavailable(DueGrant grant, Exception why) {
    unavailable.add(1, Attributes.of(DOWNSTREAM, grant.downstream()));
    LOG.warn("grant {} could not be recorded and is asked for again: {}", grant.id(), why + "");
  }

  @Override
  public void page(DueGrant grant, String why) {
    pages.add(1, Attributes.of(DOWNSTREAM, grant.downstream()));
    LOG.error("PAGE grant {} of {}: {}", grant.id(), grant.downstream(), why);
  }

  private static String name(Answer answer) {
    return switch (answer) {
      case Answer.Granted _ -> "granted";
      case Answer.Retry _ -> "retry";
      case Answer.Refused _ -> "refused";
      case Answer.Unknown _ -> "unknown";
      case Answer.NotFound _ -> "not_found";
    };
  }
}
