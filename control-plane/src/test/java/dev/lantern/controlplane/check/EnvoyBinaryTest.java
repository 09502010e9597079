package dev.lantern.controlplane.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of a candidate's file and of the process that reads it; a script stands in for
/// Envoy.
final class EnvoyBinaryTest {
  @TempDir Path folder;

  @Test
  void candidate_isGoneAfterwards() throws Exception {
    EnvoyBinary envoy = new EnvoyBinary(script("exit 0"), candidates());
    assertThat(envoy.complaint("{}")).isEmpty();
    assertThat(candidates()).isEmptyDirectory();
  }

  @Test
  void complaint_isWhatItSays() throws Exception {
    EnvoyBinary envoy = new EnvoyBinary(script("echo no such filter; exit 1"), candidates());
    assertThat(envoy.complaint("{}")).contains("no such filter");
    assertThat(candidates()).isEmptyDirectory();
  }

  @Test
  void candidateOfAProcessThatWasKilled_goesAtTheStart() throws Exception {
    Files.createDirectories(candidates());
    Files.writeString(candidates().resolve("candidate-7.json"), "a private key");
    var _ = new EnvoyBinary(script("exit 0"), candidates());
    assertThat(candidates()).isEmptyDirectory();
    assertThat(Files.getPosixFilePermissions(candidates()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void interrupt_endsTheProcess() throws Exception {
    Path pid = folder.resolve("pid");
    EnvoyBinary envoy =
        new EnvoyBinary(
            script("echo $$ > " + pid + ".new; mv " + pid + ".new " + pid + "; exec sleep 600"),
            candidates());
    var interrupted = new AtomicBoolean();
    Thread asking =
        Thread.ofPlatform()
            .start(() -> {
              try {
                envoy.complaint("{}");
              } catch (InterruptedException e) {
                interrupted.set(true);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    while (!Files.exists(pid) && asking.isAlive()) {
      Thread.onSpinWait();
    }
    ProcessHandle process =
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
    asking.interrupt();
    asking.join();
    assertThat(interrupted).isTrue();
    assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(5));
    assertThat(candidates()).isEmptyDirectory();
  }

  private Path candidates() {
    return folder.resolve("candidates");
  }

  private Path script(String commands) throws IOException {
    Path file = folder.resolve("envoy");
    Files.writeString(file, "#!/bin/sh\n" + commands + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file;
  }
}
