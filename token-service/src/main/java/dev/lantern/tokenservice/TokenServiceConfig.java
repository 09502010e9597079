package dev.lantern.tokenservice;

import dev.lantern.runtime.server.ServerConfig;
import dev.lantern.runtime.telemetry.TelemetryConfig;
import dev.lantern.sdk.token.VerifiedRoots;
import dev.lantern.stores.Secret;
import dev.lantern.stores.sql.DatabaseConfig;
import dev.lantern.tokenservice.signing.EngineKind;
import dev.lantern.tokenservice.token.LaneSigner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What the token service is configured with; the README has the table, the defaults lie beside it.
///
/// @param instance its name among its like: chains of the signed-root log are called after it
/// @param database where the signed-root log is, and what operators decided
public record TokenServiceConfig(
    String instance,
    ServerConfig server,
    TelemetryConfig telemetry,
    DatabaseConfig database,
    Keys keys,
    Signing signing,
    Sessions sessions) {

  public TokenServiceConfig {
    if (!instance.matches("[a-z0-9][a-z0-9-]{0,31}")) {
      throw new IllegalArgumentException("instance must be like token-1, not " + instance);
    }
  }

  /// - `folder`: where the key files are
  /// - `createMissing`: make keys that are not there; false in production
  /// - `passphrase`: what seals private keys at rest; without it they lie open
  /// - `publishAhead`: how long a new key is listed before it signs
  /// - `refresh`: how often verifiers are told to ask for the keys
  /// - `tokenLife`: how long a token holds after its key was followed by another
  public record Keys(
      Path folder,
      boolean createMissing,
      Optional<Secret> passphrase,
      Duration publishAhead,
      Duration refresh,
      Duration tokenLife) {

    public Keys {
      if (refresh.compareTo(Duration.ofSeconds(1)) < 0) {
        throw new IllegalArgumentException("refresh must be 1s at least");
      }
      if (publishAhead.compareTo(refresh.multipliedBy(2)) < 0) {
        throw new IllegalArgumentException(
            "publish_ahead must be twice refresh at least: verifiers learn a key before it signs");
      }
      if (tokenLife.compareTo(Duration.ofHours(12)) < 0) {
        throw new IllegalArgumentException("token_life must be 12h at least, a session's");
      }
    }
  }

  /// - `engines`: the providers to try, the preferred first
  /// - `treeSize`: how many tokens share a signature at most
  /// - `gather`: how long the first of them waits for others
  /// - `mostWaiting`: how many calls may wait for a signature, and batches for the log
  /// - `patience`: how long a call waits for its tokens
  /// - `rootCache`: how many verified, and how many logged, roots are remembered a lane
  public record Signing(
      List<EngineKind> engines,
      int treeSize,
      Duration gather,
      int mostWaiting,
      Duration patience,
      int rootCache) {

    public Signing {
      engines = List.copyOf(engines);
      if (engines.isEmpty()) {
        throw new IllegalArgumentException("engines must name at least one");
      }
      var _ = new LaneSigner.Terms(treeSize, gather, mostWaiting);
      if (Integer.bitCount(rootCache) != 1 || rootCache > VerifiedRoots.MOST) {
        throw new IllegalArgumentException(
            "root_cache must be a power of two up to " + VerifiedRoots.MOST);
      }
    }

    LaneSigner.Terms terms() {
      return new LaneSigner.Terms(treeSize, gather, mostWaiting);
    }
  }

  /// - `lifetime`: how long a session lasts
  public record Sessions(Duration lifetime) {

    private static final Duration LONGEST = Duration.ofDays(7);

    public Sessions {
      if (lifetime.compareTo(Duration.ofMinutes(1)) < 0 || lifetime.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("lifetime must be 1m to 7d");
      }
    }
  }
}
