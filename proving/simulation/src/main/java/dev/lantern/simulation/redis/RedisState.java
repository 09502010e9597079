package dev.lantern.simulation.redis;

import dev.lantern.acceptlog.v1.StoredToken;
import dev.lantern.ordercenter.order.Claim;
import dev.lantern.stores.redis.TokenBuckets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What one server of Redis A holds. It remembers how to undo what was written lately, for a
/// failover to a replica that lacks it.
public final class RedisState {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration OLDEST = Duration.ofSeconds(15);

  final Map<String, Claim.Seen> claims = new HashMap<>();
  final TreeMap<String, StoredToken> tokens = new TreeMap<>();
  final Map<Integer, SetEpoch> epochs = new HashMap<>();
  final TreeMap<String, DayMap> days = new TreeMap<>();
  private final LongSupplier now;
  private final Deque<Undo> undo = new ArrayDeque<>();
  private int lives = 1;
  private boolean careless;

  public RedisState(LongSupplier now) {
    this.now = now;
  }

  /// The answering server's run id.
  public String runId() {
    return "run-" + lives;
  }

  /// How often data may have been lost so far.
  public int losses() {
    return lives - 1;
  }

  public Map<String, StoredToken> tokens() {
    return tokens;
  }

  /// Scripts that do not compare an epoch's run id with the answering server's.
  public void believeEveryServer() {
    careless = true;
  }

  /// It restarts without any data.
  public void loseAll() {
    claims.clear();
    tokens.clear();
    epochs.clear();
    days.clear();
    undo.clear();
    lives++;
  }

  /// A replica takes over that lacks the last second's writes.
  public void loseLastSecond() {
    loseLast(SECOND);
  }

  /// A server takes over, or comes back, that lacks what was written last.
  public void loseLast(Duration lacked) {
    while (!undo.isEmpty() && undo.getLast().at >= now.getAsLong() - lacked.toNanos()) {
      undo.removeLast().step.run();
    }
    undo.clear();
    lives++;
  }

  void putClaim(String number, Claim.Seen claim) {
    remember(claims, number);
    claims.put(number, claim);
  }

  void putToken(String number, StoredToken token) {
    remember(tokens, number);
    tokens.put(number, token);
  }

  void removeToken(String number) {
    remember(tokens, number);
    tokens.remove(number);
  }

  void putEpoch(int bucket, SetEpoch epoch) {
    remember(epochs, bucket);
    epochs.put(bucket, epoch);
  }

  void putDay(String key, DayMap day) {
    remember(days, key);
    days.put(key, day);
  }

  /// A bucket's epoch, if it was set on this very server.
  @Nullable SetEpoch epochOf(int bucket) {
    SetEpoch epoch = epochs.get(bucket);
    return epoch == null || !(careless || epoch.runId.equals(runId())) ? null : epoch;
  }

  @Nullable SetEpoch epochOfUser(long actId) {
    return epochOf(TokenBuckets.bucketOf(actId));
  }

  private <K, V> void remember(Map<K, V> map, K key) {
    while (!undo.isEmpty() && undo.getFirst().at < now.getAsLong() - OLDEST.toNanos()) {
      undo.removeFirst();
    }
    boolean had = map.containsKey(key);
    V before = map.get(key);
    Runnable step =
        had ? () -> map.put(key, Objects.requireNonNull(before)) : () -> map.remove(key);
    undo.addLast(new Undo(now.getAsLong(), step));
  }

  /// An epoch key.
  record SetEpoch(String id, String runId, Instant setAt) {}

  /// What a user was promised on a day, by order number.
  ///
  /// @param seededIn the epoch in which it was asked for elsewhere; empty: never
  record DayMap(String seededIn, Map<String, Long> fen) {
    static final DayMap EMPTY = new DayMap("", Map.of());
  }

  private record Undo(long at, Runnable step) {}
}
