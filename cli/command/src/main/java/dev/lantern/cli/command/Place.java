package dev.lantern.cli.command;

import dev.lantern.cli.stack.Stack;
import dev.lantern.cli.stack.StackException;
import dev.lantern.cli.stack.home.Home;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/// Where and how the command runs: the checkout, the environment, whether somebody watches.
///
/// @param checkout the project's folder, given by the `lantern` script
/// @param terminal whether standard error is a terminal, whose lines may be rewritten (the
///   `lantern` script knows)
/// @param out what was asked for
/// @param err progress and complaints
record Place(
    Path checkout,
    Map<String, String> environment,
    boolean terminal,
    PrintWriter out,
    PrintWriter err) {
  private static final int LOWEST_BASE = 1_024;
  private static final int HIGHEST_BASE = 65_000;

  static Place ofProcess() {
    return new Place(
        Path.of(System.getProperty("lantern.checkout", ".")).toAbsolutePath().normalize(),
        System.getenv(),
        Boolean.getBoolean("lantern.terminal"),
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8));
  }

  /// Whether colours are wanted: on a terminal, unless `NO_COLOR` is set to anything.
  boolean colour() {
    return terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
  }

  Path homePath() {
    String chosen = environment.getOrDefault("LANTERN_HOME", "");
    Path path = chosen.isBlank() ? checkout.resolve(".lantern") : Path.of(chosen);
    return path.toAbsolutePath().normalize();
  }

  Stack stack() {
    return new Stack(new Home(homePath()), checkout);
  }

  int basePort() {
    String chosen = environment.getOrDefault("LANTERN_BASE_PORT", "7700");
    try {
      int port = Integer.parseInt(chosen.strip());
      if (port >= LOWEST_BASE && port <= HIGHEST_BASE) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below, like a number that is out of range.
    }
    throw new StackException(
        "LANTERN_BASE_PORT is " + chosen,
        "give a number from " + LOWEST_BASE + " to " + HIGHEST_BASE);
  }
}
