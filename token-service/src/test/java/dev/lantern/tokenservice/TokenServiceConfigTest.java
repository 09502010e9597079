package dev.lantern.tokenservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lantern.runtime.config.Config;
import dev.lantern.runtime.config.ConfigException;
import dev.lantern.runtime.config.ConfigException.Kind;
import dev.lantern.runtime.config.ConfigException.Problem;
import dev.lantern.tokenservice.signing.EngineKind;
import dev.lantern.tokenservice.token.LaneSigner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenServiceConfigTest {

  @Test
  void smallestFile_getsTheDefaults() {
    TokenServiceConfig config =
        read(
            """
            server: {tls: {certificate: c.pem, key: k.pem, ca: ca.pem}}
            database: {host: db, port: 3306, password: p}
            keys: {folder: keys}
            """,
            Map.of());

    assertThat(config.server().port()).isEqualTo(7731);
    assertThat(config.server().metricsPort()).isEqualTo(7831);
    assertThat(config.keys())
        .isEqualTo(
            new TokenServiceConfig.Keys(
                Path.of("keys"),
                false,
                Optional.empty(),
                Duration.ofMinutes(10),
                Duration.ofMinutes(1),
                Duration.ofDays(90)));
    assertThat(config.signing().terms())
        .isEqualTo(new LaneSigner.Terms(64, Duration.ofMillis(2), 256));
    assertThat(config.signing().engines())
        .containsExactly(EngineKind.ACCP, EngineKind.BOUNCY_CASTLE, EngineKind.JDK);
    assertThat(config.sessions().lifetime()).isEqualTo(Duration.ofHours(12));
  }

  @Test
  void environment_overridesTheFile() {
    TokenServiceConfig config =
        read(
            """
            server: {tls: {certificate: c.pem, key: k.pem, ca: ca.pem}}
            database: {host: db, port: 3306, password: p}
            keys: {folder: keys}
            """,
            Map.of("LANTERN_KEYS_FOLDER", "/run/keys", "LANTERN_SESSIONS_LIFETIME", "1h"));

    assertThat(config.keys().folder()).isEqualTo(Path.of("/run/keys"));
    assertThat(config.sessions().lifetime()).isEqualTo(Duration.ofHours(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "keys: {folder: k, createMissng: true}",
        "keys: {folder: k}\nsigning: {engines: []}",
        "keys: {folder: k}\nsigning: {engines: [openssl]}",
        "keys: {folder: k}\nsessions: {lifetime: 1s}",
        "keys: {folder: k}\nsessions: {lifetime: 8d}",
        "keys: {folder: k, refresh: 10m}",
        "keys: {folder: k, token_life: 1h}",
        "keys: {folder: k}\nsigning: {tree_size: 2000}",
        "keys: {folder: k}\nsigning: {tree_size: 8}",
        "keys: {folder: k}\nsigning: {gather: 1s}",
        "keys: {folder: k}\ninstance: Token",
        "keys: {}"
      })
  void nonsense_doesNotStart(String section) {
    var e =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                read(
                    "server: {tls: {certificate: c, key: k, ca: ca}}\n"
                        + "database: {host: db, port: 3306, password: p}\n"
                        + section,
                    Map.of()));

    assertThat(e.problems())
        .extracting(Problem::kind)
        .containsAnyOf(Kind.UNKNOWN_KEY, Kind.REJECTED, Kind.WRONG_TYPE, Kind.MISSING);
  }

  private static TokenServiceConfig read(String yaml, Map<String, String> env) {
    return Config.read(TokenServiceConfig.class, "test", yaml, env);
  }
}
