package dev.lantern.ordercenter.reissue;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// [ReissueWatch] by OpenTelemetry and the log: `reissue.rows` by outcome, `reissue.fen`.
public final class OtelReissueWatch implements ReissueWatch {
  private static final Logger LOG = LoggerFactory.getLogger(OtelReissueWatch.class);
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");

  private final LongCounter rows;
  private final LongCounter fen;

  public OtelReissueWatch(Meter meter) {
    rows = meter.counterBuilder("reissue.rows").build();
    fen = meter.counterBuilder("reissue.fen").build();
  }

  @Override
  public void paid(Reissue reissue, Payment payment, Payer.Outcome outcome) {
    rows.add(1, Attributes.of(OUTCOME, name(outcome)));
    switch (outcome) {
      case Payer.Outcome.Ended(Payment.State state, String note) -> {
        switch (state) {
          case PAID -> fen.add(payment.amountFen());
          case ALREADY_BOOKED, PENDING -> {}
          case REFUSED ->
              LOG.warn(
                  "reissue {}: row {} ({}) is not paid: {}",
                  reissue.id(),
                  payment.rowNo(),
                  payment.orderNo(),
                  note);
        }
      }
      case Payer.Outcome.NoBudget(String budgetId) ->
          LOG.error("PAGE reissue {} is paused: budget {} is spent", reissue.id(), budgetId);
      case Payer.Outcome.Later _, Payer.Outcome.NotOurs _ -> {}
    }
  }

  private static String name(Payer.Outcome outcome) {
    return switch (outcome) {
      case Payer.Outcome.Ended(Payment.State state, _) -> state.name().toLowerCase(Locale.ROOT);
      case Payer.Outcome.NoBudget _ -> "no_budget";
      case Payer.Outcome.Later _ -> "later";
      case Payer.Outcome.NotOurs _ -> "not_ours";
    };
  }
}
