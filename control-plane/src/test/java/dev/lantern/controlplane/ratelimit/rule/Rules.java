package dev.lantern.controlplane.ratelimit.rule;

import dev.lantern.controlplane.policy.OnRefuse;
import dev.lantern.controlplane.policy.Rate;
import dev.lantern.controlplane.ratelimit.rule.LimitRule.Layer;
import java.time.Duration;
import java.util.List;

/// Rules for tests.
public final class Rules {
  private static final OnRefuse LATER =
      new OnRefuse(Duration.ofSeconds(2), Duration.ofSeconds(3), "too many at once");

  private Rules() {}

  /// One count for all: so many an hour, all at once.
  public static LimitRule global(String id, long count) {
    return rule(id, Layer.GLOBAL, count, List.of(), false);
  }

  /// A count for each user: so many an hour, all at once.
  public static LimitRule ofUser(String id, long count) {
    return rule(id, Layer.FREQUENCY, count, List.of("user"), false);
  }

  /// One count for all, that only counts.
  public static LimitRule shadow(String id, long count) {
    return rule(id, Layer.GLOBAL, count, List.of(), true);
  }

  private static LimitRule rule(
      String id, Layer layer, long count, List<String> parts, boolean shadow) {
    return new LimitRule(
        id,
        7,
        layer,
        new Rate(count, Duration.ofHours(1)),
        Duration.ofHours(1),
        Duration.ZERO,
        parts,
        LATER,
        shadow);
  }
}
