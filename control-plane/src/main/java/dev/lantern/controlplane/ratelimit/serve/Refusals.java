package dev.lantern.controlplane.ratelimit.serve;

import com.google.rpc.Code;
import dev.lantern.common.v1.Reason;
import dev.lantern.controlplane.ratelimit.rule.LimitRule;
import dev.lantern.controlplane.resources.Refusal;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// What a call over one rule is told, ready to send: the headers of a [Refusal].
///
/// The time to wait is the rule's own or, where that is longer, what the key needs to hold a hit
/// again: of three a day it may be hours. It is rounded up (to a second, a minute, an hour), so
/// that there are few different answers and each is made once.
final class Refusals {
  private static final long HOUR_S = 3_600;
  private static final long LONGEST_S = 7 * 24 * HOUR_S;

  private final LimitRule rule;
  private final List<HeaderValue> usual;
  private final List<HeaderValue> never;

  /// At most 60 of seconds, 60 of minutes and 168 of hours.
  private final Map<Long, List<HeaderValue>> longer = new ConcurrentHashMap<>();

  Refusals(LimitRule rule) {
    this.rule = rule;
    this.usual = headers(Optional.of(rule.onRefuse().after()));
    this.never = headers(Optional.empty());
  }

  /// Of more hits at once than the rule ever allows: to come back is useless.
  List<HeaderValue> never() {
    return never;
  }

  List<HeaderValue> after(long waitMicros) {
    if (!rule.onRefuse().retryable()) {
      return never;
    }
    if (waitMicros <= TimeUnit.MILLISECONDS.toMicros(rule.onRefuse().after().toMillis())) {
      return usual;
    }
    long seconds = rounded(Math.ceilDiv(waitMicros, 1_000_000));
    return longer.computeIfAbsent(seconds, some -> headers(Optional.of(Duration.ofSeconds(some))));
  }

  static long rounded(long seconds) {
    long step = seconds <= 60 ? 1 : seconds <= HOUR_S ? 60 : HOUR_S;
    return Math.min(LONGEST_S, Math.ceilDiv(seconds, step) * step);
  }

  private List<HeaderValue> headers(Optional<Duration> after) {
    var refusal =
        new Refusal(
            429,
            Code.RESOURCE_EXHAUSTED,
            Reason.REASON_LIMITED,
            rule.layer().label(),
            rule.id(),
            rule.revision(),
            rule.onRefuse().message(),
            after,
            rule.onRefuse().jitter());
    return refusal.sent();
  }
}
