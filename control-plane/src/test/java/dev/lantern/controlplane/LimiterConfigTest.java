package dev.lantern.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.runtime.config.Config;
import dev.lantern.runtime.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimiterConfigTest {
  private static final String LEAST =
      """
      instance: ratelimit-1
      server: {tls: {certificate: a, key: b, ca: c}}
      redis: {addresses: ["127.0.0.1:6379"], password: p}
      control_plane: {host: 127.0.0.1, port: 7740, authority: control-plane}
      last_known: limits.json
      """;

  @TempDir Path dir;

  private LimiterConfig load(String text) throws IOException {
    Path file = Files.writeString(dir.resolve("ratelimit.yaml"), text);
    return Config.load(LimiterConfig.class, file, Map.of());
  }

  @Test
  void whatIsLeftOut_hasItsDefault() throws IOException {
    LimiterConfig config = load(LEAST);

    assertThat(config.server().port()).isEqualTo(7741);
    // Nobody else: whoever may ask may use up anybody's limit, and nobody audits it.
    assertThat(config.decisions().callers()).containsExactlyInAnyOrder("envoy-edge", "envoy-mesh");
    // A verdict is due before Envoy stops waiting, and a request before the verdict.
    assertThat(config.decisions().budget()).isLessThan(Duration.ofMillis(20));
    assertThat(config.redis().callTimeout()).isLessThanOrEqualTo(config.decisions().budget());
  }

  @Test
  void oneValueOfASection_keepsTheOthers() throws IOException {
    LimiterConfig config = load(LEAST + "decisions: {lanes: 2}\n");

    assertThat(config.decisions().lanes()).isEqualTo(2);
    assertThat(config.decisions().keys()).isEqualTo(50_000);
  }

  @Test
  void boundsThatAreNone_areRefused() {
    assertThatThrownBy(() -> load(LEAST + "decisions: {lanes: 0}\n"))
        .isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> load(LEAST + "decisions: {budget: 5s}\n"))
        .isInstanceOf(ConfigException.class);
  }
}
