package dev.lantern.controlplane.ratelimit.serve;

import com.google.protobuf.UnknownFieldSet;
import dev.lantern.controlplane.ratelimit.rule.LimitKey;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one descriptor of a request asks: hits of one key under one rule.
///
/// A descriptor names its rule in its first entry, `rule = <id>`; the others must be the rule's
/// parts, in their order. Whoever writes descriptors is the control plane, which writes the rules,
/// too, so nothing has to be searched.
///
/// @param place the descriptor's place in the request
/// @param hits 0: a look
/// @param back whether they are given back
record Wanted(int place, ActiveRule rule, String key, long hits, boolean back) {
  static final String RULE = "rule";

  /// More than any caller may add or take at once.
  private static final long MOST_HITS = 1_000_000;

  /// `is_negative_hits`: in Envoy's contract since 1.35, not yet in the stubs we have.
  private static final int NEGATIVE_FIELD = 4;

  /// Null: no rule has this shape, so nothing limits it.
  static @Nullable Wanted of(RateLimitRequest request, int place, ActiveRules rules) {
    RateLimitDescriptor descriptor = request.getDescriptors(place);
    int entries = descriptor.getEntriesCount();
    if (entries == 0 || !descriptor.getEntries(0).getKey().equals(RULE)) {
      return null;
    }
    ActiveRule rule = rules.find(descriptor.getEntries(0).getValue());
    if (rule == null || rule.rule().parts().size() != entries - 1) {
      return null;
    }
    List<String> values = new ArrayList<>(entries - 1);
    for (int i = 1; i < entries; i++) {
      var entry = descriptor.getEntries(i);
      if (!entry.getKey().equals(rule.rule().parts().get(i - 1))) {
        return null;
      }
      values.add(entry.getValue());
    }
    return new Wanted(
        place,
        rule,
        LimitKey.of(rule.rule().id(), values),
        hits(request, descriptor),
        negative(descriptor));
  }

  /// A descriptor's own addend wins over the request's; an addend of 0 for all means 1.
  private static long hits(RateLimitRequest request, RateLimitDescriptor descriptor) {
    long hits =
        descriptor.hasHitsAddend()
            ? descriptor.getHitsAddend().getValue()
            : Math.max(1, Integer.toUnsignedLong(request.getHitsAddend()));
    // Unsigned on the wire: what is negative here is absurdly large.
    return hits < 0 ? MOST_HITS : Math.min(MOST_HITS, hits);
  }

  private static boolean negative(RateLimitDescriptor descriptor) {
    UnknownFieldSet others = descriptor.getUnknownFields();
    return others.hasField(NEGATIVE_FIELD)
        && others.getField(NEGATIVE_FIELD).getVarintList().stream().anyMatch(it -> it != 0);
  }
}
