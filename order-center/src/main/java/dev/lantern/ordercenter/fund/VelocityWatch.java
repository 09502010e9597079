package dev.lantern.ordercenter.fund;

import dev.lantern.ordercenter.budget.BudgetControl;
import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.fund.BudgetUse.Finding;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches how fast budgets are booked, and calls somebody, or freezes, where a guard says so.
///
/// Metrics: `budget.used.rate` (units a second) and `budget.used.minute.share` (percent) by budget;
/// `budget.velocity.alarms` by budget and finding. A log line that begins with PAGE at most once in
/// [#SILENCE] a budget. Called every few seconds by one thread; any number of processes may watch.
public final class VelocityWatch {
  private static final Logger LOG = LoggerFactory.getLogger(VelocityWatch.class);
  private static final AttributeKey<String> BUDGET = AttributeKey.stringKey("budget");
  private static final AttributeKey<String> FINDING = AttributeKey.stringKey("finding");
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private final BudgetSamples samples;
  private final BudgetControl control;
  private final Clock clock;
  private final LongCounter alarms;
  private final Map<String, Instant> silentUntil = new HashMap<>();
  private volatile List<BudgetUse> latest = List.of();

  public VelocityWatch(BudgetSamples samples, BudgetControl control, Clock clock, Meter meter) {
    this.samples = samples;
    this.control = control;
    this.clock = clock;
    this.alarms = meter.counterBuilder("budget.velocity.alarms").build();
    meter
        .gaugeBuilder("budget.used.rate")
        .buildWithCallback(gauge ->
            latest.forEach(
                use -> gauge.record(use.perSecond(), Attributes.of(BUDGET, use.budgetId()))));
    meter
        .gaugeBuilder("budget.used.minute.share")
        .buildWithCallback(gauge ->
            latest.forEach(
                use -> gauge.record(use.percentOfMinute(), Attributes.of(BUDGET, use.budgetId()))));
  }

  public void tick() {
    Instant now = clock.now().wall();
    latest = samples.take(now);
    silentUntil.values().removeIf(until -> !until.isAfter(now));
    for (BudgetUse use : latest) {
      use.finding().ifPresent(finding -> raise(use, finding, now));
    }
  }

  private void raise(BudgetUse use, Finding finding, Instant now) {
    String name = finding.name().toLowerCase(Locale.ROOT);
    alarms.add(1, Attributes.of(BUDGET, use.budgetId(), FINDING, name));
    String speed =
        String.format(
            Locale.ROOT,
            "%.0f a second, %.1f %% of it in a minute",
            use.perSecond(),
            use.percentOfMinute());
    switch (finding) {
      case TOO_FAST -> {
        if (control.freezeByGuard(use.budgetId(), speed)) {
          LOG.error("PAGE budget {} is frozen by its guard: {}", use.budgetId(), speed);
        }
      }
      case FAST, LARGE_SHARE -> {
        if (silentUntil.putIfAbsent(use.budgetId(), now.plus(SILENCE)) == null) {
          LOG.error("PAGE budget {} is booked too fast: {}", use.budgetId(), speed);
        }
      }
    }
  }
}
