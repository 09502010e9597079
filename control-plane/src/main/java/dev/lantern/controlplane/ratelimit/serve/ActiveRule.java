package dev.lantern.controlplane.ratelimit.serve;

import dev.lantern.controlplane.policy.Rate;
import dev.lantern.controlplane.ratelimit.bucket.Meter;
import dev.lantern.controlplane.ratelimit.rule.LimitRule;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.RateLimit;

/// A rule in force, with all that a decision needs of it made ready.
///
/// @param limit what Envoy makes `x-ratelimit-limit` of
record ActiveRule(LimitRule rule, Meter meter, RateLimit limit, Refusals refusals, Tally tally) {
  static ActiveRule of(LimitRule rule, Tally tally) {
    return new ActiveRule(rule, rule.meter(), limit(rule), new Refusals(rule), tally);
  }

  private static RateLimit limit(LimitRule rule) {
    Rate rate = rule.rate();
    return RateLimit.newBuilder()
        .setName(rule.id())
        .setRequestsPerUnit(Math.toIntExact(Math.min(Integer.MAX_VALUE, rate.count())))
        .setUnit(unit(rate))
        .build();
  }

  private static RateLimit.Unit unit(Rate rate) {
    return switch ((int) Math.min(Integer.MAX_VALUE, rate.per().toSeconds())) {
      case 1 -> RateLimit.Unit.SECOND;
      case 60 -> RateLimit.Unit.MINUTE;
      case 3_600 -> RateLimit.Unit.HOUR;
      case 86_400 -> RateLimit.Unit.DAY;
      default -> RateLimit.Unit.UNKNOWN;
    };
  }
}
