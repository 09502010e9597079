package dev.lantern.cli.stack.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What to run: a command, the variables it gets beside ours, the directory it runs in.
public record Launch(List<String> command, Map<String, String> environment, Path directory) {
  public Launch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    if (command.isEmpty()) {
      throw new IllegalArgumentException("a launch without a command");
    }
  }
}
