package dev.lantern.proving.e2e;

import dev.lantern.cli.stack.Stack;
import dev.lantern.cli.stack.home.Home;
import dev.lantern.cli.stack.plan.Parts;
import dev.lantern.cli.stack.plan.Scale;
import java.nio.file.Path;

/// Starts a stack from a JVM of its own, because the environment that the services inherit (where
/// traces go) can only be set for a new process.
final class StackStarter {
  private StackStarter() {}

  /// Returns when every part serves.
  ///
  /// @param args home, checkout, base port
  public static void main(String[] args) {
    Stack stack = new Stack(Home.open(Path.of(args[0])), Path.of(args[1]));
    stack.up(Parts.ALL, Integer.parseInt(args[2]), new Scale(1, 1), _ -> {});
  }
}
