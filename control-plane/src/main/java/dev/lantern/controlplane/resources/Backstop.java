package dev.lantern.controlplane.resources;

import com.google.rpc.Code;
import dev.lantern.common.v1.Reason;
import dev.lantern.controlplane.policy.Rate;
import dev.lantern.controlplane.ratelimit.rule.LimitRule;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.route.v3.RateLimit;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.LocalClusterRateLimit;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.LocalRateLimitDescriptor;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor;
import io.envoyproxy.envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit;
import java.util.Optional;

/// What stands in front of the limiter for each rule that has one count for all: twice the limit,
/// divided by the live gateways, counted by each of them itself.
///
/// When the limiter is down or late, calls are let through undecided; then this is the limit, and
/// twice the rule's is what may pass. While the limiter decides, this refuses nothing that it would
/// let through, unless one gateway gets more than twice its share. It is always on, and *before*
/// the filter that asks: behind it a burst would be cut that was already taken, and a frozen
/// limiter would hold up every request; in front of it most of a flood never gets as far.
///
/// A filter of its own, as all limits are ([Limits]): an edit of the rule resets this bucket alone.
public final class Backstop {
  private static final int TIMES = 2;

  private Backstop() {}

  public static String filterName(LimitRule rule) {
    return "backstop." + rule.id();
  }

  /// Whether a rule has one: what is counted for each user or caller cannot be counted by each
  /// gateway in bounded memory.
  public static boolean stands(LimitRule rule) {
    return rule.parts().isEmpty();
  }

  /// The ECDS resource of a rule.
  ///
  /// @param route whose requests the rule is about
  public static TypedExtensionConfig resource(LimitRule rule, String route, int maxGateways) {
    var twice = new Rate(Math.multiplyExact(TIMES, rule.rate().count()), rule.rate().per());
    var bucket = Limits.bucket(twice, tokens(rule, maxGateways));
    LocalRateLimit config =
        LocalRateLimit.newBuilder()
            .setStatPrefix(filterName(rule).replace('.', '_'))
            .setFilterEnabled(Limits.percent(100, filterName(rule) + ".enabled"))
            .setFilterEnforced(
                Limits.percent(rule.shadow() ? 0 : 100, filterName(rule) + ".enforced"))
            .setRateLimitedAsResourceExhausted(true)
            .setLocalClusterRateLimit(LocalClusterRateLimit.getDefaultInstance())
            .addRateLimits(RateLimit.newBuilder().addActions(Limits.routeOfRequest()))
            .addDescriptors(
                LocalRateLimitDescriptor.newBuilder()
                    .addEntries(
                        RateLimitDescriptor.Entry.newBuilder().setKey("route").setValue(route))
                    .setTokenBucket(bucket))
            .addAllResponseHeadersToAdd(Limits.headers(refusal(rule)))
            .build();
    return TypedExtensionConfig.newBuilder()
        .setName(filterName(rule))
        .setTypedConfig(Packed.any(config))
        .build();
  }

  /// Twice the burst, and never so little that a request charged for each gateway does not fit.
  static long tokens(LimitRule rule, int maxGateways) {
    double burst = rule.rate().perSecond() * rule.burst().toNanos() / 1e9;
    long tokens = Math.max(2L * maxGateways, (long) Math.floor(TIMES * burst));
    return Math.min(Integer.MAX_VALUE, tokens);
  }

  private static Refusal refusal(LimitRule rule) {
    return new Refusal(
        429,
        Code.RESOURCE_EXHAUSTED,
        Reason.REASON_LIMITED,
        "backstop",
        rule.id(),
        rule.revision(),
        rule.onRefuse().message(),
        rule.onRefuse().retryable() ? Optional.of(rule.onRefuse().after()) : Optional.empty(),
        rule.onRefuse().jitter());
  }
}
