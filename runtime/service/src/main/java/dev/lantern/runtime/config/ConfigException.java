package dev.lantern.runtime.config;

import java.util.List;

/// The configuration does not hold together; [#problems()] says all that is wrong, each with its
/// path.
public final class ConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /// What is wrong and where: `server.port`, or the name of an environment variable.
  public record Problem(String path, Kind kind, String message) {
    @Override
    public String toString() {
      return path.isEmpty() ? message : path + ": " + message;
    }
  }

  /// The ways a configuration can be wrong.
  public enum Kind {
    UNREADABLE,
    UNKNOWN_KEY,
    MISSING,
    WRONG_TYPE,
    REJECTED
  }

  public ConfigException(String source, List<Problem> problems) {
    super(message(source, problems));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }

  private static String message(String source, List<Problem> problems) {
    var text = new StringBuilder(source).append(" is not usable:");
    problems.forEach(problem -> text.append("\n  ").append(problem));
    return text.toString();
  }
}
