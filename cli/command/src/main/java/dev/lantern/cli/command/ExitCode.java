package dev.lantern.cli.command;

/// What the command's exit tells a script.
final class ExitCode {
  static final int OK = 0;

  /// A law or a check failed.
  static final int FAILED = 1;

  /// The command line, or a document it names, cannot be used.
  static final int BAD_USE = 2;

  /// The machine does not allow it, or the stack does not run.
  static final int ENVIRONMENT = 3;

  private ExitCode() {}
}
