package dev.lantern.controlplane.ratelimit.rule;

import com.google.protobuf.Duration;
import dev.lantern.controlplane.policy.OnRefuse;
import dev.lantern.controlplane.policy.Rate;
import dev.lantern.controlplane.ratelimit.rule.LimitRule.Layer;
import dev.lantern.mesh.v1.LimitLayer;
import dev.lantern.mesh.v1.WatchLimitsResponse;
import java.util.List;

/// Rules as the contract has them, both ways.
public final class RuleMessages {
  private RuleMessages() {}

  /// Throws IllegalArgumentException for what is no set of rules.
  public static RuleSet read(WatchLimitsResponse told) {
    return RuleSet.of(
        told.getRevision(), told.getRulesList().stream().map(RuleMessages::read).toList());
  }

  public static WatchLimitsResponse told(long revision, List<LimitRule> rules) {
    var told = WatchLimitsResponse.newBuilder().setRevision(revision);
    rules.forEach(rule -> told.addRules(told(rule)));
    return told.build();
  }

  private static LimitRule read(dev.lantern.mesh.v1.LimitRule told) {
    return new LimitRule(
        told.getId(),
        told.getRevision(),
        layer(told.getLayer()),
        new Rate(told.getCount(), duration(told.getPer())),
        duration(told.getBurst()),
        duration(told.getLease()),
        told.getPartsList(),
        new OnRefuse(
            told.hasRetryAfter(),
            duration(told.getRetryAfter()),
            duration(told.getRetryJitter()),
            told.getMessage()),
        told.getShadow());
  }

  private static dev.lantern.mesh.v1.LimitRule told(LimitRule rule) {
    var told = dev.lantern.mesh.v1.LimitRule.newBuilder();
    if (rule.onRefuse().retryable()) {
      told.setRetryAfter(duration(rule.onRefuse().after()));
    }
    return told.setId(rule.id())
        .setRevision(rule.revision())
        .setLayer(layer(rule.layer()))
        .setCount(rule.rate().count())
        .setPer(duration(rule.rate().per()))
        .setBurst(duration(rule.burst()))
        .setLease(duration(rule.lease()))
        .addAllParts(rule.parts())
        .setShadow(rule.shadow())
        .setRetryJitter(duration(rule.onRefuse().jitter()))
        .setMessage(rule.onRefuse().message())
        .build();
  }

  private static Layer layer(LimitLayer layer) {
    return switch (layer) {
      case LIMIT_LAYER_GLOBAL -> Layer.GLOBAL;
      case LIMIT_LAYER_FREQUENCY -> Layer.FREQUENCY;
      case LIMIT_LAYER_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("a limit of no layer");
    };
  }

  private static LimitLayer layer(Layer layer) {
    return switch (layer) {
      case GLOBAL -> LimitLayer.LIMIT_LAYER_GLOBAL;
      case FREQUENCY -> LimitLayer.LIMIT_LAYER_FREQUENCY;
    };
  }

  private static java.time.Duration duration(Duration told) {
    return java.time.Duration.ofSeconds(told.getSeconds(), told.getNanos());
  }

  private static Duration duration(java.time.Duration value) {
    return Duration.newBuilder().setSeconds(value.getSeconds()).setNanos(value.getNano()).build();
  }
}
