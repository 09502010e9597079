package dev.lantern.tokenservice;

import dev.lantern.runtime.server.ServerConfig;
import dev.lantern.runtime.telemetry.TelemetryConfig;
import dev.lantern.tokenservice.signing.EngineKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What the token service is configured with; the README has the table, the defaults lie beside it.
public record TokenServiceConfig(
    ServerConfig server, TelemetryConfig telemetry, Keys keys, Signing signing, Sessions sessions) {

  /// - `folder`: where the key files are
  /// - `createMissing`: make keys that are not there; false in production
  public record Keys(Path folder, boolean createMissing) {}

  /// - `engines`: the providers to try, the preferred first
  public record Signing(List<EngineKind> engines) {

    public Signing {
      engines = List.copyOf(engines);
      if (engines.isEmpty()) {
        throw new IllegalArgumentException("engines must name at least one");
      }
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
