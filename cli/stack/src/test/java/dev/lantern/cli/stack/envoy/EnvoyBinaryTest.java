package dev.lantern.cli.stack.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.cli.stack.StackException;
import dev.lantern.cli.stack.cache.ArtifactCache;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvoyBinaryTest {
  @TempDir Path folder;

  @Test
  void path_namedByTheEnvironment_isUsedIfItCanBeExecuted()
      throws IOException, InterruptedException {
    var cache = new ArtifactCache(folder);

    assertThat(new EnvoyBinary(cache, Map.of("LANTERN_ENVOY", "/bin/sh")).path())
        .isEqualTo(Path.of("/bin/sh"));
    assertThatThrownBy(
            () -> new EnvoyBinary(cache, Map.of("LANTERN_ENVOY", "/nowhere/envoy")).path())
        .isInstanceOf(StackException.class);
  }

  @Test
  @Tag("mesh")
  void path_isTheVersionWePinned() throws IOException, InterruptedException {
    Path envoy = new EnvoyBinary(ArtifactCache.ofUser(System.getenv()), System.getenv()).path();

    Process process =
        new ProcessBuilder(envoy.toString(), "--version").redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(said).contains("/1.40.0/");
  }
}
