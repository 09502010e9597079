package dev.lantern.walletapi.wallet;

import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Refused;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Which child activity's wallet a call is about.
///
/// Answers are kept: for [#FRESH] they are used as they are, so that a user who looks again and
/// again costs order-center one call a second. When order-center is down, the last answer of up to
/// [#KEPT] ago is used and marked: the figures are exact, only whether a later stage has taken over
/// is not known.
public final class Children {
  static final Duration FRESH = Duration.ofSeconds(1);
  static final Duration KEPT = Duration.ofMinutes(30);
  private static final int USERS_MAX = 50_000;
  private static final int ACTIVITIES_MAX = 1000;

  private final Campaigns campaigns;
  private final LongSupplier nanoTime;
  private final AgingCache<User, String> ofUsers;
  private final AgingCache<String, Set<String>> ofActivities;

  private record User(String activityId, long actId) {}

  /// A child; `fromMemory` when order-center could not be asked.
  public record Child(String id, boolean fromMemory) {}

  /// @param nanoTime a clock that only goes forward
  public Children(Campaigns campaigns, LongSupplier nanoTime) {
    this.campaigns = campaigns;
    this.nanoTime = nanoTime;
    this.ofUsers = new AgingCache<>(USERS_MAX, nanoTime);
    this.ofActivities = new AgingCache<>(ACTIVITIES_MAX, nanoTime);
  }

  /// The child named, or the child of now when none is. Throws a refusal: UNKNOWN_ACTIVITY when the
  /// child named is not the activity's.
  public Child of(String activityId, String childActivityId, long actId) {
    return childActivityId.isEmpty()
        ? ofNow(activityId, actId)
        : named(activityId, childActivityId);
  }

  private Child ofNow(String activityId, long actId) {
    Answer<String> child =
        answer(ofUsers, new User(activityId, actId), () -> campaigns.childOfNow(activityId, actId));
    return new Child(child.value(), child.fromMemory());
  }

  private Child named(String activityId, String childActivityId) {
    Answer<Set<String>> all =
        answer(ofActivities, activityId, () -> campaigns.children(activityId));
    if (!all.value().contains(childActivityId)) {
      throw Refused.of(Reason.REASON_UNKNOWN_ACTIVITY, "the activity has no child of this id")
          .field("child_activity_id");
    }
    return new Child(childActivityId, all.fromMemory());
  }

  private record Answer<V>(V value, boolean fromMemory) {}

  private <K, V> Answer<V> answer(AgingCache<K, V> cache, K key, Supplier<V> ask) {
    var kept = cache.find(key);
    if (kept.isPresent() && kept.get().within(FRESH)) {
      return new Answer<>(kept.get().value(), false);
    }
    long askedAt = nanoTime.getAsLong();
    try {
      V value = ask.get();
      cache.put(key, value, askedAt);
      return new Answer<>(value, false);
    } catch (Refused refused) {
      if (refused.reason() == Reason.REASON_DEPENDENCY_DOWN
          && kept.isPresent()
          && kept.get().within(KEPT)) {
        return new Answer<>(kept.get().value(), true);
      }
      throw refused;
    }
  }
}
