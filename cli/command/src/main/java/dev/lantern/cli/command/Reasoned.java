package dev.lantern.cli.command;

/// Who changes something and why, in one line, for contracts that keep the reason alone.
final class Reasoned {
  private Reasoned() {}

  static String of(Signature signature) {
    return signature.reason().isEmpty()
        ? signature.author()
        : signature.author() + ": " + signature.reason();
  }
}
