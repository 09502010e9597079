package dev.lantern.ordercenter.settle;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// [SettleWatch] by OpenTelemetry and the log.
///
/// | metric | means |
/// |---|---|
/// | `settle.records` by outcome | what became of records; `void` and `conflict` deserve a look |
/// | `settle.booked.units` by reward | how much each reward costs, and how fast |
/// | `settle.group.duration` | a group's way into the books, retries included |
/// | `settle.lag.records`, `settle.lag.seconds` by partition | how far behind |
/// | `settle.pages` by partition | a partition has stopped: somebody must look |
public final class OtelSettleWatch implements SettleWatch {
  private static final Logger LOG = LoggerFactory.getLogger(OtelSettleWatch.class);
  private static final AttributeKey<String> PARTITION = AttributeKey.stringKey("partition");
  private static final AttributeKey<String> REWARD = AttributeKey.stringKey("reward");
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");
  private static final AttributeKey<String> WHAT = AttributeKey.stringKey("what");

  private final LongCounter records;
  private final LongCounter booked;
  private final LongCounter unavailable;
  private final LongCounter pages;
  private final LongCounter lost;
  private final DoubleHistogram groups;
  private final Map<PartitionId, Lag> lags = new ConcurrentHashMap<>();

  private record Lag(long records, Duration age) {}

  public OtelSettleWatch(Meter meter) {
    records = meter.counterBuilder("settle.records").build();
    booked = meter.counterBuilder("settle.booked.units").build();
    unavailable = meter.counterBuilder("settle.unavailable").build();
    pages = meter.counterBuilder("settle.pages").build();
    lost = meter.counterBuilder("settle.partitions.lost").build();
    groups = meter.histogramBuilder("settle.group.duration").setUnit("s").build();
    var _ =
        meter
            .gaugeBuilder("settle.lag.records")
            .ofLongs()
            .buildWithCallback(
                gauge -> lags.forEach((id, lag) -> gauge.record(lag.records, of(id))));
    var _ =
        meter
            .gaugeBuilder("settle.lag")
            .setUnit("s")
            .buildWithCallback(
                gauge -> lags.forEach((id, lag) -> gauge.record(lag.age.toMillis() / 1e3, of(id))));
  }

  @Override
  public void booked(PartitionId partition, List<Verdict> verdicts, Duration took) {
    groups.record(took.toNanos() / 1e9);
    Map<String, Long> counts = new HashMap<>();
    Map<String, Long> byReward = new HashMap<>();
    for (Verdict verdict : verdicts) {
      counts.merge(name(verdict), 1L, Long::sum);
      if (verdict instanceof Verdict.Book(_, Promise promise, _)) {
        byReward.merge(promise.outcome().rewardId(), promise.units(), Long::sum);
      }
      note(partition, verdict);
    }
    counts.forEach((outcome, count) -> records.add(count, Attributes.of(OUTCOME, outcome)));
    byReward.forEach((reward, units) -> booked.add(units, Attributes.of(REWARD, reward)));
  }

  @Override
  public void lag(PartitionId partition, long records, Duration age) {
    lags.put(partition, new Lag(records, age));
  }

  @Override
  public void unavailable(String what, Exception why) {
    unavailable.add(1, Attributes.of(WHAT, why.getClass().getSimpleName()));
    LOG.warn("{} is tried again: {}", what, why.toString());
  }

  @Override
  public void page(PartitionId partition, String why) {
    pages.add(1, of(partition));
    LOG.error("PAGE settlement of {} has stopped: {}", partition, why);
  }

  @Override
  public void lost(PartitionId partition) {
    lags.remove(partition);
    lost.add(1, of(partition));
    LOG.info("{} is another worker's now", partition);
  }

  private static void note(PartitionId partition, Verdict verdict) {
    switch (verdict) {
      case Verdict.Book _, Verdict.Known _, Verdict.KnownUnreadable _ -> {}
      case Verdict.Park park ->
          LOG.warn("order {} is parked: {}", park.promise().orderNo(), park.reason());
      case Verdict.Retry retry ->
          LOG.warn("order {} is tried again later: {}", retry.promise().orderNo(), retry.reason());
      case Verdict.Conflict conflict ->
          LOG.warn(
              "order {} has a second promise: {}", conflict.promise().orderNo(), conflict.reason());
      case Verdict.Voided voided ->
          LOG.info(
              "record {} of {} is void: lease {} is fenced",
              voided.record().offset(),
              partition,
              voided.promise().leaseId());
      case Verdict.ParkUnreadable parked ->
          LOG.error(
              "PAGE record {} of {} cannot be read, parked as {}: {}",
              parked.record().offset(),
              partition,
              parked.record().orderNo(),
              parked.record().why());
    }
  }

  private static String name(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Book _ -> "booked";
      case Verdict.Park _ -> "parked";
      case Verdict.Retry _ -> "retrying";
      case Verdict.Conflict _ -> "conflict";
      case Verdict.Known _, Verdict.KnownUnreadable _ -> "known";
      case Verdict.Voided _ -> "void";
      case Verdict.ParkUnreadable _ -> "unreadable";
    };
  }

  private static Attributes of(PartitionId partition) {
    return Attributes.of(PARTITION, partition.toString());
  }
}
