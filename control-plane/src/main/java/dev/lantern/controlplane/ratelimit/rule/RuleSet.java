package dev.lantern.controlplane.ratelimit.rule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// All limits in force, by their ids.
public record RuleSet(long revision, Map<String, LimitRule> rules) {
  public static final int MOST = 500;

  /// The limiter's own keys begin so.
  private static final String OURS = "lantern.";

  /// None, before anybody has told any.
  public static final RuleSet NONE = new RuleSet(0, Map.of());

  public RuleSet {
    rules = Map.copyOf(rules);
    if (rules.size() > MOST) {
      throw new IllegalArgumentException(rules.size() + " limits; at most " + MOST);
    }
  }

  /// Throws IllegalArgumentException when two have one id, or one that is kept for the limiter.
  public static RuleSet of(long revision, List<LimitRule> rules) {
    var byId = new HashMap<String, LimitRule>();
    for (LimitRule rule : rules) {
      if (rule.id().startsWith(OURS)) {
        throw new IllegalArgumentException("no limit is called lantern. and more: " + rule.id());
      }
      if (byId.put(rule.id(), rule) != null) {
        throw new IllegalArgumentException("two limits are called " + rule.id());
      }
    }
    return new RuleSet(revision, byId);
  }
}
