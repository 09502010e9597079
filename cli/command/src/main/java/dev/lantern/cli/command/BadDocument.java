package dev.lantern.cli.command;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// A file named on the command line cannot be used: bad use, exit code 2.
final class BadDocument extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  BadDocument(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
