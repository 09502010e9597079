package dev.lantern.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A service that cannot start, as a process of its own.
final class LaunchTest {
  @TempDir Path directory;

  /// The configuration of [Broken].
  record Settings(String name) {}

  /// A service of which half has started when it fails.
  static final class Broken {
    public static void main(String[] args) throws InterruptedException {
      Launch.run(
          "broken",
          Settings.class,
          args,
          settings -> {
            Thread.ofPlatform().start(Broken::waitForEver);
            throw new IllegalStateException(settings.name() + " is taken");
          });
    }

    private static void waitForEver() {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void withoutAFile_isBadUse() throws Exception {
    assertThat(run()).isEqualTo(new Ended(2, "broken does not start: usage: --config FILE"));
  }

  @Test
  void withAConfigurationThatIsNone_saysWhatIsWrong() throws Exception {
    Ended ended = run("--config", file("nam: port 7721").toString());
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.said()).contains("nam", "name");
  }

  @Test
  void failingHalfWay_endsTheProcess_thoughThreadsRun() throws Exception {
    Ended ended = run("--config", file("name: port 7721").toString());
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.said()).contains("port 7721 is taken");
  }

  private record Ended(int code, String said) {}

  private Path file(String yaml) throws IOException {
    return Files.writeString(directory.resolve("broken.yaml"), yaml);
  }

  private static Ended run(String... args) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Broken.class.getName()));
    command.addAll(List.of(args));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended").isTrue();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return new Ended(process.exitValue(), said);
    } finally {
      process.destroyForcibly();
    }
  }
}
