package dev.lantern.tokenservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lantern.runtime.config.Config;
import dev.lantern.runtime.config.ConfigException;
import dev.lantern.runtime.config.ConfigException.Kind;
import dev.lantern.runtime.config.ConfigException.Problem;
import dev.lantern.tokenservice.signing.EngineKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
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
            keys: {folder: keys}
            """,
            Map.of());

    assertThat(config.server().port()).isEqualTo(7731);
    assertThat(config.server().metricsPort()).isEqualTo(7831);
    assertThat(config.keys()).isEqualTo(new TokenServiceConfig.Keys(Path.of("keys"), false));
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
        "keys: {}"
      })
  void nonsense_doesNotStart(String section) {
    var e =
        catchThrowableOfType(
            ConfigException.class,
            () -> read("server: {tls: {certificate: c, key: k, ca: ca}}\n" + section, Map.of()));

    assertThat(e.problems())
        .extracting(Problem::kind)
        .containsAnyOf(Kind.UNKNOWN_KEY, Kind.REJECTED, Kind.WRONG_TYPE, Kind.MISSING);
  }

  private static TokenServiceConfig read(String yaml, Map<String, String> env) {
    return Config.read(TokenServiceConfig.class, "test", yaml, env);
  }
}
