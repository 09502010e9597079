package dev.lantern.controlplane.ratelimit.serve;

import dev.lantern.controlplane.policy.OnRefuse;
import dev.lantern.controlplane.policy.Rate;
import dev.lantern.controlplane.ratelimit.rule.LimitRule;
import dev.lantern.controlplane.ratelimit.rule.RuleSet;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rules in force; changed as a whole. A rule that stays keeps its tally, one that goes takes
/// it along, so that there are never more tallies than rules.
public final class ActiveRules {
  /// What warming up is decided by: nobody's limit, and far too high to refuse.
  static final String WARM_COLD = "lantern.warm-up.cold";

  static final String WARM_HOT = "lantern.warm-up.hot";

  private volatile Map<String, ActiveRule> byId = withWarming(new HashMap<>());
  private volatile long revision;

  /// Makes these the rules in force.
  public synchronized void set(RuleSet rules) {
    var next = new HashMap<String, ActiveRule>();
    rules
        .rules()
        .forEach((id, rule) -> {
          ActiveRule before = byId.get(id);
          next.put(id, ActiveRule.of(rule, before == null ? Tally.empty() : before.tally()));
        });
    byId = withWarming(next);
    revision = rules.revision();
  }

  /// The revision of what is in force; 0: nothing yet.
  public long revision() {
    return revision;
  }

  @Nullable ActiveRule find(String id) {
    return byId.get(id);
  }

  /// All of them, but what warming up is decided by.
  List<ActiveRule> all() {
    return byId.values().stream().filter(one -> one.rule().revision() > 0).toList();
  }

  private static Map<String, ActiveRule> withWarming(Map<String, ActiveRule> rules) {
    rules.put(WARM_COLD, warming(WARM_COLD, Duration.ZERO, List.of("user")));
    rules.put(WARM_HOT, warming(WARM_HOT, Duration.ofMillis(50), List.of()));
    return Map.copyOf(rules);
  }

  private static ActiveRule warming(String id, Duration lease, List<String> parts) {
    var rule =
        new LimitRule(
            id,
            0,
            LimitRule.Layer.GLOBAL,
            new Rate(1_000_000, Duration.ofSeconds(1)),
            Duration.ofMillis(100),
            lease,
            parts,
            new OnRefuse(Duration.ofSeconds(1), Duration.ZERO, "warming up"),
            false);
    return ActiveRule.of(rule, Tally.empty());
  }
}
