package dev.lantern.controlplane.check;

import java.io.IOException;
import java.io.UncheckedIOException;
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

  private static final String PREFIX = "candidate-";

  private final Path binary;
  private final Path folder;

  /// Checks with a binary.
  ///
  /// @param folder for candidates while they are checked, ours alone: what is in it at the start
  ///   was left by a process that was killed, and goes
  public EnvoyBinary(Path binary, Path folder) {
    this.binary = binary;
    this.folder = folder;
    try {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      sweep(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep candidates in " + folder, e);
    }
  }

  private static void sweep(Path folder) throws IOException {
    try (var left = Files.newDirectoryStream(folder, PREFIX + "*")) {
      for (Path file : left) {
        Files.delete(file);
      }
    }
  }

  /// Envoy's complaint about a bootstrap in JSON; empty when it has none.
  public Optional<String> complaint(String bootstrap) throws IOException, InterruptedException {
    // It holds private keys.
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Path file = Files.createTempFile(folder, PREFIX, ".json", ownerOnly);
    Path said = Files.createTempFile(folder, PREFIX, ".log", ownerOnly);
    try {
      Files.writeString(file, bootstrap);
      return asked(file, said);
    } finally {
      Files.delete(file);
      Files.delete(said);
    }
  }

  private Optional<String> asked(Path file, Path said) throws IOException, InterruptedException {
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
    try {
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("envoy did not finish checking within " + PATIENCE);
      }
      return process.exitValue() == 0 ? Optional.empty() : Optional.of(words(said, file));
    } finally {
      // Also when whoever asked has gone meanwhile.
      process.destroyForcibly();
    }
  }

  private static String words(Path said, Path file) throws IOException {
    String all = new String(Files.readAllBytes(said), StandardCharsets.UTF_8);
    String plain = all.replace(file.toString(), "candidate").strip();
    return plain.length() > MOST_WORDS ? plain.substring(0, MOST_WORDS) : plain;
  }
}
