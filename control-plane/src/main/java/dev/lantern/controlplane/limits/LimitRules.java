package dev.lantern.controlplane.limits;

import dev.lantern.controlplane.policy.OnRefuse;
import dev.lantern.controlplane.policy.Origin;
import dev.lantern.controlplane.policy.Policy;
import dev.lantern.controlplane.policy.Rate;
import dev.lantern.controlplane.policy.Rule;
import dev.lantern.controlplane.ratelimit.rule.LimitRule;
import dev.lantern.controlplane.ratelimit.rule.LimitRule.Layer;
import dev.lantern.controlplane.ratelimit.rule.RuleSet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The policy's rules that are decided call by call, as limiters read them.
public final class LimitRules {
  /// A limit with leases holds at least so many hits after what leases take off its burst, or
  /// limiters would have nothing to hold.
  private static final int WORTH_LEASING = 16;

  private static final Duration LONGEST_LEASE = Duration.ofMillis(50);

  private LimitRules() {}

  /// Throws IllegalArgumentException for what cannot be counted, which [#uncountable] finds before.
  public static List<LimitRule> of(Policy policy) {
    return policy.rules().stream().flatMap(rule -> of(rule).stream()).toList();
  }

  /// Why a rule that is decided call by call cannot be counted exactly; empty when it can, and for
  /// every other rule.
  public static Optional<String> uncountable(Rule rule) {
    try {
      var _ = of(rule);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /// Why limiters would not run these, though each can be counted; empty when they would.
  public static Optional<String> noSet(Policy policy) {
    try {
      var _ = RuleSet.of(0, of(policy));
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static Optional<LimitRule> of(Rule rule) {
    return switch (rule) {
      case Rule.RateLimit limit ->
          switch (limit.sharing()) {
            // The gateways count it by themselves.
            case DIVIDED -> Optional.empty();
            case EXACT -> Optional.of(global(limit, List.of()));
            case BY_CALLER -> Optional.of(global(limit, List.of("caller")));
          };
      case Rule.Frequency often ->
          Optional.of(
              frequency(
                  often.id(),
                  often.origin(),
                  often.perUser() ? "user" : "ip",
                  often.rate(),
                  often.burst(),
                  often.onRefuse(),
                  often.shadow()));
      case Rule.EntryStage _,
          Rule.RandomDrop _,
          Rule.Degradation _,
          Rule.Switch _,
          Rule.Level _,
          Rule.Retry _,
          Rule.CircuitBreaker _,
          Rule.Route _ ->
          Optional.empty();
    };
  }

  private static LimitRule global(Rule.RateLimit limit, List<String> parts) {
    return global(
        limit.id(),
        limit.origin(),
        parts,
        limit.rate(),
        limit.burst(),
        limit.onRefuse(),
        limit.shadow());
  }

  /// One count of all calls that the rule is about, or one for each caller.
  ///
  /// Many calls share a count, so it is leased: half the burst, at most 50 ms of it, is the time
  /// for which a limiter may hold units.
  ///
  /// @param parts `caller` for one count each; none: one for all
  public static LimitRule global(
      String id,
      Origin origin,
      List<String> parts,
      Rate rate,
      Duration burst,
      OnRefuse onRefuse,
      boolean shadow) {
    Duration half = burst.dividedBy(2);
    Duration lease = half.compareTo(LONGEST_LEASE) > 0 ? LONGEST_LEASE : half;
    boolean worth = rate.perSecond() * lease.toNanos() / 1e9 >= WORTH_LEASING;
    return new LimitRule(
        id,
        origin.revision(),
        Layer.GLOBAL,
        rate,
        burst,
        worth ? lease : Duration.ZERO,
        parts,
        onRefuse,
        shadow);
  }

  /// A count for each user or address, exact at every call.
  ///
  /// @param part `user` or `ip`
  /// @param burst how many may come at once
  public static LimitRule frequency(
      String id,
      Origin origin,
      String part,
      Rate rate,
      long burst,
      OnRefuse onRefuse,
      boolean shadow) {
    long nanos = (long) Math.ceil(burst * 1e9 / rate.perSecond());
    return new LimitRule(
        id,
        origin.revision(),
        Layer.FREQUENCY,
        rate,
        Duration.ofNanos(nanos),
        Duration.ZERO,
        List.of(part),
        onRefuse,
        shadow);
  }
}
