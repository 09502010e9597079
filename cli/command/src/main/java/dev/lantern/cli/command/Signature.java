package dev.lantern.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Who changes something, and why: kept with the revision.
final class Signature {
  @Option(names = "--author", paramLabel = "NAME", description = "Who; your login if left out.")
  private @Nullable String author;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Why; kept with the change.")
  private String reason = "";

  String author() {
    return author == null ? System.getProperty("user.name", "operator") : author;
  }

  String reason() {
    return reason;
  }
}
