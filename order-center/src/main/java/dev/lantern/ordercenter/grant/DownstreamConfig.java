package dev.lantern.ordercenter.grant;

import dev.lantern.runtime.client.ServiceAddress;
import java.time.Duration;

/// One downstream of the configuration; docs/downstreams.md has the table.
///
/// @param name as rewards call it
/// @param address where it is; `authority` is the name its certificate proves
/// @param security how its identity is proved
/// @param mode what is asked first when an earlier call may have been done
/// @param timeout of each call
/// @param perSecond calls a second at most, from all instances together
/// @param concurrency calls under way at most, from this instance
/// @param maxTries after so many without a definite answer an operator must look
/// @param firstBackoff the wait after the first try; doubles
/// @param longestBackoff the longest wait
public record DownstreamConfig(
    String name,
    ServiceAddress address,
    Security security,
    Mode mode,
    Duration timeout,
    int perSecond,
    int concurrency,
    int maxTries,
    Duration firstBackoff,
    Duration longestBackoff) {
  public DownstreamConfig {
    if (!name.matches("[a-z0-9][a-z0-9-]{0,31}")) {
      throw new IllegalArgumentException("a downstream must be named like cinema-1, not " + name);
    }
    if (timeout.toMillis() < 1 || timeout.compareTo(Duration.ofSeconds(30)) > 0) {
      throw new IllegalArgumentException("timeout must be 1ms to 30s");
    }
    if (perSecond < 1 || perSecond > 1_000_000) {
      throw new IllegalArgumentException("per_second must be 1 to 1000000");
    }
    if (concurrency < 1 || concurrency > 1_000) {
      throw new IllegalArgumentException("concurrency must be 1 to 1000");
    }
    if (security == Security.PLAINTEXT && !address.host().equals("127.0.0.1")) {
      throw new IllegalArgumentException("plaintext only to 127.0.0.1");
    }
    var _ = new Decision.Patience(maxTries, firstBackoff, longestBackoff);
  }

  public Decision.Patience patience() {
    return new Decision.Patience(maxTries, firstBackoff, longestBackoff);
  }

  /// Whether the connection is secured.
  public enum Security {
    /// Mutual TLS: the downstream proves to be `authority` and sees who we are.
    MUTUAL,
    /// None: for trials on this machine alone.
    PLAINTEXT
  }

  /// How a grant that may have been done is resolved.
  public enum Mode {
    /// The same Grant again: for downstreams that answer it as cheaply.
    GRANT_AGAIN,
    /// GetGrant, and the same Grant only where that knows nothing.
    ASK_FIRST
  }
}
