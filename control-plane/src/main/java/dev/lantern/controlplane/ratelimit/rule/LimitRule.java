package dev.lantern.controlplane.ratelimit.rule;

import dev.lantern.controlplane.policy.OnRefuse;
import dev.lantern.controlplane.policy.Rate;
import dev.lantern.controlplane.ratelimit.bucket.Meter;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// One limit that is decided call by call: each of its keys gets `rate`, and `burst` of it at once.
///
/// @param revision the policy revision in which it last changed
/// @param lease how long a limiter may hold units of a key before it spends them; zero: every call
///   is decided by itself. It is part of `burst`, see [Meter]
/// @param parts the entries of a descriptor that make its key; none: one key for all
/// @param shadow count, but let through
public record LimitRule(
    String id,
    long revision,
    Layer layer,
    Rate rate,
    Duration burst,
    Duration lease,
    List<String> parts,
    OnRefuse onRefuse,
    boolean shadow) {
  public static final int MOST_PARTS = 4;
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9.-]{0,63}");
  private static final Duration LONGEST_LEASE = Duration.ofSeconds(1);

  /// In the order in which they are asked: who is over their own limit takes nothing of
  /// everybody's.
  public enum Layer {
    /// A key for each user or address.
    FREQUENCY,
    /// One key for many callers.
    GLOBAL;

    /// As refusals say it.
    public String label() {
      return switch (this) {
        case FREQUENCY -> "frequency";
        case GLOBAL -> "global";
      };
    }
  }

  public LimitRule {
    parts = List.copyOf(parts);
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("not the id of a rule: " + id);
    }
    if (parts.size() > MOST_PARTS) {
      throw new IllegalArgumentException("a key has at most " + MOST_PARTS + " parts");
    }
    if (lease.isNegative() || lease.compareTo(LONGEST_LEASE) > 0) {
      throw new IllegalArgumentException("a lease is at most " + LONGEST_LEASE);
    }
    // What cannot be counted exactly is refused here, not at the first call.
    var _ = Meter.of(rate, burst, lease);
  }

  /// The arithmetic of its keys.
  public Meter meter() {
    return Meter.of(rate, burst, lease);
  }
}
