package dev.lantern.tokenservice.keys;

import java.nio.file.Path;

/// A key file that is missing, unsafe or not what it says; names the file. The service does not
/// start on it: a wrong key would sign promises that nobody can verify.
public final class UnusableKeyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// What is wrong, for those who decide by it.
  public enum Problem {
    MISSING,
    /// Somebody beside the owner may read or write it.
    UNSAFE_MODE,
    /// Not a key file, or one whose parts contradict each other.
    MALFORMED,
    /// Its private key lies open although there is a passphrase.
    UNSEALED,
    UNREADABLE
  }

  private final Problem problem;

  public UnusableKeyException(Problem problem, Path file, String what) {
    super("key file " + file + ": " + what);
    this.problem = problem;
  }

  public UnusableKeyException(Problem problem, Path file, String what, Throwable cause) {
    super("key file " + file + ": " + what, cause);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
