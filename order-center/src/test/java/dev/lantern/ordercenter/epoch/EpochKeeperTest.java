package dev.lantern.ordercenter.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.settle.MemoryTopics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EpochKeeperTest {
  private static final Instant NOW = Instant.parse("2027-01-01T12:00:00Z");

  private final MemoryTopics topics = new MemoryTopics();
  private final MemoryKeys keys = new MemoryKeys();
  private final MemoryEpochs store = new MemoryEpochs();
  private int ids;
  private long nanos;

  private EpochKeeper keeper() {
    return new EpochKeeper(
        Lane.LANE_LIVE,
        keys,
        store,
        topics.registry(),
        topics,
        () -> new Moment(nanos, NOW),
        java.time.Duration.ofSeconds(30),
        () -> "epoch-" + ++ids);
  }

  @Test
  void freshRedis_getsOneEpochForAllBuckets_thenEndsAreReadAndRecorded() {
    topics.log("t", 1, 5, 6);

    keeper().tick();

    assertThat(new HashSet<>(keys.epochs.values())).containsExactly("epoch-1");
    assertThat(keys.epochs).hasSize(64);
    assertThat(store.ends.get("epoch-1"))
        .containsExactly(new EpochStore.End("t", 0, 5), new EpochStore.End("t", 1, 6));
    assertThat(keys.order).containsExactly("read", "set");
    assertThat(topics.asked).containsSubsequence("ends", "id");
  }

  @Test
  void bucketThatLostItsKey_getsANewEpoch_andTheOthersKeepTheirs() {
    topics.log("t", 1, 5);
    EpochKeeper keeper = keeper();
    keeper.tick();
    keys.epochs.remove(7);

    keeper.tick();

    assertThat(keys.epochs.get(7)).isEqualTo("epoch-2");
    assertThat(keys.epochs.get(8)).isEqualTo("epoch-1");
    assertThat(store.ends).containsKeys("epoch-1", "epoch-2");
  }

  @Test
  void keeperThatDiedBetweenKeysAndRow_isFinishedByTheNext() {
    for (int bucket = 0; bucket < 64; bucket++) {
      keys.epochs.put(bucket, "orphan");
    }
    topics.log("t", 1, 9);

    keeper().tick();

    assertThat(store.ends.get("orphan")).containsExactly(new EpochStore.End("t", 0, 9));
  }

  @Test
  void logThatVanished_isWaitedForNoLonger_onceItIsMissingForLong() {
    topics.log("t", 1, 5);
    topics.log("u", 2, 7);
    EpochKeeper keeper = keeper();
    keeper.tick();
    topics.ids.remove("topic-t");

    keeper.tick();
    nanos = java.time.Duration.ofSeconds(29).toNanos();
    keeper.tick();
    assertThat(store.ends.get("epoch-1")).as("it may come back").hasSize(2);

    nanos = java.time.Duration.ofSeconds(30).toNanos();
    keeper.tick();
    assertThat(store.ends.get("epoch-1")).containsExactly(new EpochStore.End("u", 0, 7));
  }

  @Test
  void withoutAnyLog_nothingIsRecorded_untilThereIsOne() {
    EpochKeeper keeper = keeper();

    keeper.tick();

    assertThat(store.ends).isEmpty();
    assertThat(keys.epochs).hasSize(64);
  }

  @Test
  void topicOfAnotherId_isNotReadFrom() {
    var log = topics.log("t", 1, 5);
    EpochKeeper keeper = keeper();
    topics.ids.put(log.topic(), "made-again");

    keeper.tick();

    assertThat(store.ends).isEmpty();
  }

  @Test
  void settledEpoch_isAskedForNoMore_andAnUnsettledOneIs() {
    topics.log("t", 1, 5);
    EpochKeeper keeper = keeper();
    keeper.tick();
    keeper.tick();
    assertThat(store.asked).isEqualTo(2);

    store.passed = true;
    keeper.tick();
    keeper.tick();

    assertThat(store.settled).containsExactly("epoch-1");
    assertThat(store.asked).isEqualTo(3);
  }

  @Test
  void leaseOfALaterLog_addsThatLogsEnds() {
    topics.log("t", 1, 5);
    EpochKeeper keeper = keeper();
    keeper.tick();
    topics.log("u", 2, 3);
    EpochKeeper later = keeper();
    store.missing = Set.of("u", "unheard-of");

    later.tick();

    assertThat(store.ends.get("epoch-1")).contains(new EpochStore.End("u", 0, 3));
  }

  @Test
  void claimGapBehindUs_readsTheEndsAgain_andSettlesAnewOnceTheyArePassed() {
    topics.log("t", 1, 5, 6);
    EpochKeeper keeper = keeper();
    store.passed = true;
    keeper.tick();
    assertThat(store.settled).containsExactly("epoch-1");

    store.passed = false;
    store.gap = Optional.of(NOW);
    topics.log("t", 1, 15, 16);
    keeper.tick();
    assertThat(store.settled).isEmpty();
    assertThat(store.ends.get("epoch-1")).extracting(EpochStore.End::end).containsExactly(15L, 16L);
    store.passed = true;
    keeper.tick();
    assertThat(store.settled).containsExactly("epoch-1");
  }

  private static final class MemoryKeys implements EpochKeys {
    final Map<Integer, String> epochs = new HashMap<>();
    final List<String> order = new ArrayList<>();

    @Override
    public List<BucketEpoch> read() {
      order.add("read");
      List<BucketEpoch> read = new ArrayList<>();
      for (int bucket = 0; bucket < 64; bucket++) {
        read.add(of(bucket));
      }
      return read;
    }

    @Override
    public List<BucketEpoch> set(Collection<BucketEpoch> lost, String epochId, Instant now) {
      order.add("set");
      lost.forEach(bucket -> epochs.putIfAbsent(bucket.bucket(), epochId));
      return lost.stream().map(bucket -> of(bucket.bucket())).toList();
    }

    private BucketEpoch of(int bucket) {
      return new BucketEpoch(
          bucket,
          "run",
          Optional.ofNullable(epochs.get(bucket)).map(id -> new BucketEpoch.Epoch(id, NOW)));
    }
  }

  private static final class MemoryEpochs implements EpochStore {
    final Map<String, List<End>> ends = new HashMap<>();
    final Set<String> settled = new HashSet<>();
    Set<String> missing = Set.of();
    Optional<Instant> gap = Optional.empty();
    boolean passed;
    int asked;

    @Override
    public Standing standing(Collection<String> epochIds) {
      return new Standing(Set.copyOf(ends.keySet()), Set.copyOf(settled));
    }

    @Override
    public void record(String epochId, Lane lane, String runId, Instant setAt, List<End> read) {
      ends.putIfAbsent(epochId, new ArrayList<>(read));
    }

    @Override
    public void addEnds(String epochId, List<End> read) {
      ends.computeIfAbsent(epochId, _ -> new ArrayList<>()).addAll(read);
    }

    @Override
    public Optional<Instant> gapBehindUs(String epochId, Lane lane) {
      return gap;
    }

    @Override
    public void replaceEnds(String epochId, Instant asOf, List<End> read) {
      gap = Optional.empty();
      settled.remove(epochId);
      ends.put(epochId, new ArrayList<>(read));
    }

    @Override
    public Set<String> topicsMissing(String epochId) {
      return missing;
    }

    @Override
    public Set<String> topicsAhead(String epochId, Lane lane) {
      Set<String> ahead = new HashSet<>();
      ends.getOrDefault(epochId, List.of()).forEach(end -> ahead.add(end.topicId()));
      return ahead;
    }

    @Override
    public void dropEnds(String epochId, String topicId) {
      ends.getOrDefault(epochId, List.of()).removeIf(end -> end.topicId().equals(topicId));
    }

    @Override
    public boolean settleIfPassed(String epochId, Lane lane) {
      asked++;
      return passed && settled.add(epochId);
    }
  }
}
