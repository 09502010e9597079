package dev.lantern.controlplane.traffic;

import com.google.common.hash.Hashing;
import dev.lantern.controlplane.policy.Policy;
import dev.lantern.controlplane.policy.Rule;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a policy would have answered to a sample: drops first, then what is switched off, then the
/// limits, each as one bucket over all gateways, full at the start.
///
/// An estimate, and meant as one: gateways share unevenly, a client that is refused comes back, and
/// which users a share takes is Envoy's hash and not this one. The same sample, policy and switches
/// give the same answer.
public final class Replay {
  private static final int FULL = 10_000;

  private static final class Bucket {
    private final double perNano;
    private final double most;
    private double tokens;
    private Instant filled;

    Bucket(Rule.RateLimit limit, Instant start) {
      this.perNano = limit.rate().perSecond() / 1e9;
      this.most = limit.rate().perSecond() * limit.burst().toNanos() / 1e9;
      this.tokens = most;
      this.filled = start;
    }

    boolean take(Instant at) {
      tokens = Math.min(most, tokens + perNano * Duration.between(filled, at).toNanos());
      filled = at;
      if (tokens < 1) {
        return false;
      }
      tokens--;
      return true;
    }
  }

  private final Policy policy;
  private final Map<String, Integer> switches;
  private final Map<String, Bucket> buckets = new HashMap<>();

  private Replay(Policy policy, Map<String, Integer> switches) {
    this.policy = policy;
    this.switches = switches;
  }

  /// For each request, in order, the rule that refuses it; empty where none does.
  public static List<Optional<String>> refusals(
      Sample sample, Policy policy, Map<String, Integer> switches) {
    var replay = new Replay(policy, switches);
    var refusals = new ArrayList<Optional<String>>();
    for (Request request : sample.requests()) {
      refusals.add(replay.refused(request, refusals.size()));
    }
    return refusals;
  }

  private Optional<String> refused(Request request, int number) {
    return dropped(request)
        .or(() -> switchedOff(request, number))
        .or(() -> limited(request, number));
  }

  private Optional<String> dropped(Request request) {
    return policy.switches().stream()
        .filter(rule -> rule.drop().filter(d -> d.route().equals(request.route())).isPresent())
        .filter(rule -> !request.user().isEmpty())
        .filter(rule -> isIn(rule.id() + "/" + request.user(), value(rule.id(), 0)))
        .map(Rule::id)
        .findFirst();
  }

  private Optional<String> switchedOff(Request request, int number) {
    return policy.degradations().stream()
        .filter(rule -> rule.routes().contains(request.route()) && !rule.shadow())
        .filter(rule -> isIn(rule.id() + "#" + number, FULL - value(rule.switchName(), FULL)))
        .map(Rule::id)
        .findFirst();
  }

  private Optional<String> limited(Request request, int number) {
    for (Rule.RateLimit limit : policy.limits()) {
      if (!limit.route().equals(request.route())) {
        continue;
      }
      Bucket bucket = buckets.computeIfAbsent(limit.id(), _ -> new Bucket(limit, request.at()));
      boolean over = !bucket.take(request.at());
      int enforced = limit.onlyWhile().map(name -> value(name, 0)).orElse(FULL);
      if (over && !limit.shadow() && isIn(limit.id() + "#" + number, enforced)) {
        return Optional.of(limit.id());
      }
    }
    return Optional.empty();
  }

  private int value(String name, int unlessKnown) {
    return switches.getOrDefault(name, unlessKnown);
  }

  private static boolean isIn(String who, int share) {
    long hash = Hashing.murmur3_128().hashString(who, StandardCharsets.UTF_8).asLong();
    return Math.floorMod(hash, FULL) < share;
  }
}
