package dev.lantern.cli.command;

import dev.lantern.cli.stack.StackException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The files a command was given.
final class Documents {
  private Documents() {}

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (MalformedInputException e) {
      throw new BadDocument(file + " is not UTF-8", e);
    } catch (IOException e) {
      throw new BadDocument(file + " cannot be read", e);
    }
  }

  /// The files themselves; a folder stands for the `.yaml` files right in it.
  static List<Path> expand(List<Path> given) {
    return given.stream().flatMap(Documents::expand).toList();
  }

  private static Stream<Path> expand(Path given) {
    if (!Files.isDirectory(given)) {
      return Stream.of(given);
    }
    try (var inside = Files.list(given)) {
      List<Path> found = inside.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
      if (found.isEmpty()) {
        throw new BadDocument(given + " has no .yaml files", null);
      }
      return found.stream();
    } catch (IOException e) {
      throw new StackException(given + " cannot be read: " + e.getMessage(), "", e);
    }
  }
}
