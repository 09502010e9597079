package dev.lantern.controlplane.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// `envoy --mode validate` on one bootstrap; about a third of a second.
public final class EnvoyBinary {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST_WORDS = 2000;

  private final Path binary;

  public EnvoyBinary(Path binary) {
    this.binary = binary;
  }

  /// Envoy's complaint about a bootstrap in JSON; empty when it has none.
  public Optional<String> complaint(String bootstrap) throws IOException, InterruptedException {
    // It holds private keys.
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Path file = Files.createTempFile("lantern-candidate-", ".json", ownerOnly);
    Path said = Files.createTempFile("lantern-candidate-", ".log", ownerOnly);
    try {
      Files.writeString(file, bootstrap);
      Process process =
          new ProcessBuilder(
                  List.of(
                      binary.toString(),
                      "--mode",
                      "validate",
                      "--disable-hot-restart",
                      "--concurrency",
                      "1",
                      "--log-level",
                      "error",
                      "-c",
                      file.toString()))
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IOException("envoy did not finish checking within " + PATIENCE);
      }
      return process.exitValue() == 0 ? Optional.empty() : Optional.of(words(said, file));
    } finally {
      Files.delete(file);
      Files.delete(said);
    }
  }

  private static String words(Path said, Path file) throws IOException {
    String all = new String(Files.readAllBytes(said), StandardCharsets.UTF_8);
    String plain = all.replace(file.toString(), "candidate").strip();
    return plain.length() > MOST_WORDS ? plain.substring(0, MOST_WORDS) : plain;
  }
}
