package dev.lantern.ordercenter.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lantern.runtime.config.Config;
import dev.lantern.runtime.config.ConfigException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DownstreamConfigTest {
  private static final String ADDRESS = "address: {host: 10.0.0.7, port: 443, authority: cinema-1}";

  record Section(List<DownstreamConfig> downstreams) {}

  @Test
  void section_hasItsDefaults() {
    DownstreamConfig config = read(ADDRESS + ", timeout: 800ms, per_second: 50");

    assertThat(config.name()).isEqualTo("cinema-1");
    assertThat(config.address().authority()).isEqualTo("cinema-1");
    assertThat(config.security()).isEqualTo(DownstreamConfig.Security.MUTUAL);
    assertThat(config.mode()).isEqualTo(DownstreamConfig.Mode.GRANT_AGAIN);
    assertThat(config.timeout()).isEqualTo(Duration.ofMillis(800));
    assertThat(config.perSecond()).isEqualTo(50);
    assertThat(config.patience())
        .isEqualTo(new Decision.Patience(40, Duration.ofSeconds(1), Duration.ofMinutes(1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "per_second: 0",
        "timeout: 31s",
        "concurrency: 0",
        "max_tries: 0",
        "longest_backoff: 500ms",
        "security: PLAINTEXT",
        "mode: GUESS"
      })
  void nonsense_isRefused(String setting) {
    ConfigException refused =
        catchThrowableOfType(ConfigException.class, () -> read(ADDRESS + ", " + setting));
    assertThat(refused).isNotNull();
  }

  private static DownstreamConfig read(String settings) {
    String yaml = "downstreams: [{name: cinema-1, " + settings + "}]";
    return Config.read(Section.class, "test", yaml, Map.of()).downstreams().getFirst();
  }
}
