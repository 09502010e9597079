package dev.lantern.controlplane.resources;

import com.google.protobuf.UInt32Value;
import com.google.rpc.Code;
import dev.lantern.common.v1.Reason;
import dev.lantern.controlplane.policy.About;
import dev.lantern.controlplane.policy.OnRefuse;
import dev.lantern.controlplane.policy.Origin;
import dev.lantern.controlplane.policy.Rate;
import dev.lantern.controlplane.policy.Rule;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.config.core.v3.RuntimeFractionalPercent;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.route.v3.RateLimit;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.LocalClusterRateLimit;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.LocalRateLimitDescriptor;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor;
import io.envoyproxy.envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit;
import io.envoyproxy.envoy.type.metadata.v3.MetadataKey;
import io.envoyproxy.envoy.type.v3.FractionalPercent;
import io.envoyproxy.envoy.type.v3.TokenBucket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The per-gateway limits: total divided by live gateways.
///
/// Each rule is an ECDS filter of its own with inline `rate_limits`, so that pushes of routes,
/// clusters, endpoints and switches keep its bucket and an edit resets that bucket alone. The
/// bucket holds the *total*: `local_cluster_rate_limit` charges one token a live gateway for each
/// request. Hence the bucket must hold at least a token for each gateway there may be; it is kept
/// at twice that, and lint refuses a rule that asks for less.
///
/// Which request counts is read from the chosen route's metadata, the same choice that decides
/// where it goes: no spelling of a path can count as another.
public final class Limits {
  /// Envoy refills no faster than this.
  private static final Duration SHORTEST_FILL = Duration.ofMillis(50);

  /// Before a rule's own bucket has arrived, a gateway lets this many a second through.
  private static final Rate UNTIL_DELIVERED = new Rate(1000, Duration.ofSeconds(1));

  private Limits() {}

  public static String filterName(Rule.RateLimit rule) {
    return "limit." + rule.id();
  }

  /// The ECDS resource of a rule.
  static TypedExtensionConfig resource(Rule.RateLimit rule, int maxGateways) {
    var bucket = bucket(rule.rate(), maxTokens(rule, maxGateways));
    LocalRateLimit config =
        limiter(rule, bucket)
            .setLocalClusterRateLimit(LocalClusterRateLimit.getDefaultInstance())
            .build();
    return TypedExtensionConfig.newBuilder()
        .setName(filterName(rule))
        .setTypedConfig(Packed.any(config))
        .build();
  }

  /// What stands in until the rule's own bucket arrives: never open, never closed. It depends on
  /// nothing that an edit of the rule's figures changes, since it is part of the listener.
  static LocalRateLimit untilDelivered(Rule.RateLimit rule) {
    var plain =
        new Rule.RateLimit(
            About.of(rule.id(), new Origin(rule.origin().document(), 0, 0)),
            rule.match(),
            UNTIL_DELIVERED,
            Duration.ofMillis(100),
            rule.sharing(),
            rule.onlyWhile(),
            new OnRefuse(Duration.ofSeconds(2), Duration.ZERO, BuiltInRefusals.LIMITED.message()));
    return limiter(plain, bucket(UNTIL_DELIVERED, 100)).build();
  }

  private static LocalRateLimit.Builder limiter(Rule.RateLimit rule, TokenBucket bucket) {
    var refusal =
        new Refusal(
            429,
            Code.RESOURCE_EXHAUSTED,
            Reason.REASON_LIMITED,
            "gateway",
            rule.id(),
            rule.origin().revision(),
            rule.onRefuse().message(),
            Optional.of(rule.onRefuse().after()),
            rule.onRefuse().jitter());
    return LocalRateLimit.newBuilder()
        .setStatPrefix(rule.id().replace('.', '_'))
        .setFilterEnabled(percent(100, "limit." + rule.id() + ".enabled"))
        .setFilterEnforced(enforced(rule))
        .setRateLimitedAsResourceExhausted(true)
        .addRateLimits(RateLimit.newBuilder().addActions(routeOfRequest()))
        .addDescriptors(
            LocalRateLimitDescriptor.newBuilder()
                .addEntries(
                    RateLimitDescriptor.Entry.newBuilder().setKey("route").setValue(rule.route()))
                .setTokenBucket(bucket))
        .addAllResponseHeadersToAdd(headers(refusal));
  }

  /// All but the reason: Envoy takes ten headers here and no more, and LIMITED is what the local
  /// reply of this status says by itself.
  static List<HeaderValueOption> headers(Refusal refusal) {
    return refusal.edgeHeaders(HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD).stream()
        .filter(header -> !header.getHeader().getKey().equals("x-lantern-reason"))
        .toList();
  }

  static RateLimit.Action routeOfRequest() {
    var key =
        MetadataKey.newBuilder()
            .setKey(Routes.METADATA)
            .addPath(MetadataKey.PathSegment.newBuilder().setKey("route"));
    return RateLimit.Action.newBuilder()
        .setMetadata(
            RateLimit.Action.MetaData.newBuilder()
                .setDescriptorKey("route")
                .setMetadataKey(key)
                .setSource(RateLimit.Action.MetaData.Source.ROUTE_ENTRY)
                .setSkipIfAbsent(true))
        .build();
  }

  /// How many tokens a rule's bucket holds.
  static long maxTokens(Rule.RateLimit rule, int maxGateways) {
    return Math.max(2L * maxGateways, burstTokens(rule));
  }

  /// How many tokens its rate and burst ask for.
  public static long burstTokens(Rule.RateLimit rule) {
    return (long) Math.floor(rule.rate().perSecond() * rule.burst().toNanos() / 1e9);
  }

  /// A bucket whose long-run rate is exactly the rate: whole tokens at the shortest interval of at
  /// least 50 ms that they fit.
  static TokenBucket bucket(Rate rate, long maxTokens) {
    double perFill = rate.perSecond() * SHORTEST_FILL.toNanos() / 1e9;
    long tokens = Math.max(1, (long) Math.ceil(perFill));
    long interval = Math.ceilDiv(tokens * rate.per().toNanos(), rate.count());
    return TokenBucket.newBuilder()
        .setMaxTokens(Math.toIntExact(Math.max(maxTokens, tokens)))
        .setTokensPerFill(UInt32Value.of(Math.toIntExact(tokens)))
        .setFillInterval(Packed.duration(Duration.ofNanos(interval)))
        .build();
  }

  /// A rule that holds only while a switch is on goes by that switch, so that turning it resets no
  /// bucket; it counts all the time.
  private static RuntimeFractionalPercent enforced(Rule.RateLimit rule) {
    if (rule.shadow() || rule.onlyWhile().isEmpty()) {
      return percent(rule.shadow() ? 0 : 100, "limit." + rule.id() + ".enforced");
    }
    return RuntimeFractionalPercent.newBuilder()
        .setDefaultValue(
            FractionalPercent.newBuilder()
                .setNumerator(0)
                .setDenominator(FractionalPercent.DenominatorType.TEN_THOUSAND))
        .setRuntimeKey(Switches.onKey(rule.onlyWhile().get()))
        .build();
  }

  static RuntimeFractionalPercent percent(int value, String key) {
    return RuntimeFractionalPercent.newBuilder()
        .setDefaultValue(
            FractionalPercent.newBuilder()
                .setNumerator(value)
                .setDenominator(FractionalPercent.DenominatorType.HUNDRED))
        .setRuntimeKey(key)
        .build();
  }
}
