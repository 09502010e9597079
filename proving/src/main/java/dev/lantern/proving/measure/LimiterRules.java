package dev.lantern.proving.measure;

import com.google.protobuf.Duration;
import dev.lantern.mesh.v1.LimitLayer;
import dev.lantern.mesh.v1.LimitRule;
import dev.lantern.mesh.v1.WatchLimitsResponse;
import java.util.List;

/// Rules of our own, as a limiter recalls them from its disk.
final class LimiterRules {
  private LimiterRules() {}

  static WatchLimitsResponse of(LimitRule... rules) {
    return WatchLimitsResponse.newBuilder().setRevision(1).addAllRules(List.of(rules)).build();
  }

  /// One count for all, leased.
  static LimitRule leased(String id, long perSecond, int burstMillis, int leaseMillis) {
    return rule(id, LimitLayer.LIMIT_LAYER_GLOBAL, perSecond, burstMillis)
        .setLease(millis(leaseMillis))
        .build();
  }

  /// A count for each user, exact at every call.
  static LimitRule ofUsers(String id, long perSecond, int burstMillis) {
    return rule(id, LimitLayer.LIMIT_LAYER_FREQUENCY, perSecond, burstMillis)
        .addParts("user")
        .build();
  }

  private static LimitRule.Builder rule(
      String id, LimitLayer layer, long perSecond, int burstMillis) {
    return LimitRule.newBuilder()
        .setId(id)
        .setRevision(1)
        .setLayer(layer)
        .setCount(perSecond)
        .setPer(millis(1_000))
        .setBurst(millis(burstMillis))
        .setRetryAfter(millis(1_000))
        .setMessage("a trial's limit");
  }

  private static Duration millis(int millis) {
    return Duration.newBuilder()
        .setSeconds(millis / 1_000)
        .setNanos(millis % 1_000 * 1_000_000)
        .build();
  }
}
