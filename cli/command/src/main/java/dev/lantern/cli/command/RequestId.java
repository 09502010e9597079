package dev.lantern.cli.command;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What makes an edit the same when it is sent again.
final class RequestId {
  @Option(
      names = "--request-id",
      paramLabel = "ID",
      description = "Of an edit whose answer was lost: it is done once and told again.")
  private @Nullable String id;

  /// A fresh one unless one was given.
  String id() {
    return id == null ? UUID.randomUUID().toString() : id;
  }
}
