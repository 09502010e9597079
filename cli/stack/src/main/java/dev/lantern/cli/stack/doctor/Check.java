package dev.lantern.cli.stack.doctor;

/// One thing Lantern needs.
///
/// @param need what and why
/// @param found what is there
/// @param remedy how to get it; empty if it is fine
public record Check(String name, Verdict verdict, String need, String found, String remedy) {
  /// Whether a need is met.
  public enum Verdict {
    GOOD,
    /// It will run, but not as well as it could.
    POOR,
    MISSING
  }

  static Check good(String name, String need, String found) {
    return new Check(name, Verdict.GOOD, need, found, "");
  }

  static Check poor(String name, String need, String found, String remedy) {
    return new Check(name, Verdict.POOR, need, found, remedy);
  }

  static Check missing(String name, String need, String found, String remedy) {
    return new Check(name, Verdict.MISSING, need, found, remedy);
  }
}
