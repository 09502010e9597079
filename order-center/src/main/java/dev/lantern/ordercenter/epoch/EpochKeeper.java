package dev.lantern.ordercenter.epoch;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.queue.AcceptLogRegistry;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.queue.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the epochs of Redis A (W2).
///
/// The order of the steps is the rule: first the keys, then the queue ends, then the row. An order
/// whose token was lost had its record in the log before the loss, so below ends that are read
/// after the new keys were set; once settlement has passed those ends the order is in the books,
/// and an empty token map says what it seems to say. Until `settled_at` is set, readers say
/// "partial".
///
/// A claim gap is a loss, too: an order that Redis knows of may have been promised again, for less,
/// by an instance that went without, and that promise booked first. Once the gap is over the ends
/// are read anew and the epoch is settled again when they are passed.
///
/// Any number of keepers may run. A key is only set where there is no valid one; an epoch whose
/// keeper died between keys and row is recorded by the next one that sees it, with ends read then.
/// Called about once a second by one thread.
public final class EpochKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(EpochKeeper.class);

  private final Lane lane;
  private final EpochKeys keys;
  private final EpochStore store;
  private final AcceptLogRegistry logs;
  private final Topics topics;
  private final Clock clock;
  private final Supplier<String> newId;
  private final Duration vanishedAfter;
  private final Map<String, Moment> missingSince = new HashMap<>();

  /// @param vanishedAfter for how long a log must be missing, without a break, before its ends are
  ///   forgotten
  /// @param newId makes ids that are never used twice, at most 36 characters
  public EpochKeeper(
      Lane lane,
      EpochKeys keys,
      EpochStore store,
      AcceptLogRegistry logs,
      Topics topics,
      Clock clock,
      Duration vanishedAfter,
      Supplier<String> newId) {
    this.lane = lane;
    this.keys = keys;
    this.store = store;
    this.logs = logs;
    this.topics = topics;
    this.clock = clock;
    this.vanishedAfter = vanishedAfter;
    this.newId = newId;
  }

  public void tick() {
    Map<String, BucketEpoch> inForce = inForce(withEpochs(keys.read()));
    EpochStore.Standing standing = store.standing(inForce.keySet());
    inForce.forEach((id, bucket) -> {
      if (!standing.recorded().contains(id)) {
        record(id, bucket);
        return;
      }
      store.gapBehindUs(id, lane).ifPresent(asOf -> readEndsAgain(id, asOf));
      if (!standing.settled().contains(id)) {
        settle(id);
      }
    });
  }

  /// Sets an epoch where there is none: one id for all of them.
  private List<BucketEpoch> withEpochs(List<BucketEpoch> read) {
    List<BucketEpoch> lost = read.stream().filter(b -> b.epoch().isEmpty()).toList();
    if (lost.isEmpty()) {
      return read;
    }
    String id = newId.get();
    LOG.warn("{} token buckets have no valid epoch: theirs is {} now", lost.size(), id);
    List<BucketEpoch> all = new ArrayList<>(read);
    all.addAll(keys.set(lost, id, clock.now().wall()));
    return all;
  }

  private static Map<String, BucketEpoch> inForce(List<BucketEpoch> buckets) {
    Map<String, BucketEpoch> inForce = new HashMap<>();
    for (BucketEpoch bucket : buckets) {
      bucket.epoch().ifPresent(epoch -> inForce.putIfAbsent(epoch.id(), bucket));
    }
    return inForce;
  }

  private void readEndsAgain(String id, Instant asOf) {
    List<EpochStore.End> ends = allEnds();
    if (!ends.isEmpty()) {
      store.replaceEnds(id, asOf, ends);
      settle(id);
    }
  }

  private List<EpochStore.End> allEnds() {
    List<EpochStore.End> ends = new ArrayList<>();
    logs.all().stream()
        .filter(log -> log.lane() == lane)
        .forEach(log -> endsOf(log).ifPresent(ends::addAll));
    return ends;
  }

  private void record(String id, BucketEpoch bucket) {
    List<EpochStore.End> ends = allEnds();
    if (ends.isEmpty()) {
      return;
    }
    bucket.epoch().ifPresent(epoch -> store.record(id, lane, bucket.runId(), epoch.setAt(), ends));
    settle(id);
  }

  private void settle(String id) {
    Set<String> missing = store.topicsMissing(id);
    for (String topicId : missing) {
      logs.byTopicId(topicId).flatMap(this::endsOf).ifPresent(ends -> store.addEnds(id, ends));
    }
    if (store.settleIfPassed(id, lane)) {
      LOG.info("epoch {} is settled: all that was acknowledged before it is in the books", id);
    } else {
      store.topicsAhead(id, lane).stream()
          .filter(this::isGone)
          .forEach(topicId -> forgetEnds(id, topicId));
    }
  }

  private void forgetEnds(String id, String topicId) {
    LOG.warn("epoch {} no longer waits for the log {}: it is gone", id, topicId);
    store.dropEnds(id, topicId);
  }

  /// Whether a log has been missing long enough.
  private boolean isGone(String topicId) {
    Optional<LogName> log = logs.byTopicId(topicId);
    if (log.isEmpty() || logs.exists(log.get())) {
      missingSince.remove(topicId);
      return false;
    }
    Moment now = clock.now();
    Moment since = missingSince.computeIfAbsent(topicId, _ -> now);
    return now.monotonicNanos() - since.monotonicNanos() >= vanishedAfter.toNanos();
  }

  /// Where a log ends now; empty when the topic of its name is not this log (any more).
  private Optional<List<EpochStore.End>> endsOf(LogName log) {
    Optional<long[]> ends = topics.ends(log.topic(), log.partitions());
    if (ends.isEmpty() || !logs.exists(log)) {
      return Optional.empty();
    }
    List<EpochStore.End> list = new ArrayList<>();
    for (int partition = 0; partition < log.partitions(); partition++) {
      list.add(new EpochStore.End(log.topicId(), partition, ends.get()[partition]));
    }
    return Optional.of(list);
  }
}
