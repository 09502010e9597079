package dev.lantern.cli.stack;

import java.io.Serial;

/// The environment does not allow what was asked: a taken port, a missing program, a full disk, a
/// process that would not start. The message says what was found, the remedy what to do about it.
/// The command line prints both and exits with 3.
public final class StackException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final String remedy;

  public StackException(String found, String remedy) {
    super(found);
    this.remedy = remedy;
  }

  public StackException(String found, String remedy, Throwable cause) {
    super(found, cause);
    this.remedy = remedy;
  }

  public String remedy() {
    return remedy;
  }
}
