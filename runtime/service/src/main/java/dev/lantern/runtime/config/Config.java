package dev.lantern.runtime.config;

import dev.lantern.runtime.config.ConfigException.Kind;
import dev.lantern.runtime.config.ConfigException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads a service's configuration into a record of records.
///
/// Later wins: defaults beside a nested record (`ServerConfig.defaults.yaml` next to
/// `ServerConfig.class`), defaults beside the outer record, the file, the environment
/// (`LANTERN_SERVER_METRICS_PORT` for `server.metrics_port`). Keys may be `snake_case` or
/// `kebab-case`. Components may be text, numbers, booleans, enums, `Duration` (`500ms`, `10s`,
/// `2m`, `12h`), `Path`, `Secret`, records, `List`, `Map<String, …>`, and `Optional` of those: only
/// an `Optional` may be absent.
///
/// What is wrong is reported all at once, with the path of each: unknown keys (with the nearest
/// known one), missing ones, values of the wrong type, and whatever a compact constructor refuses
/// by [IllegalArgumentException].
public final class Config {

  private Config() {}

  /// Reads the file; throws [ConfigException] when it cannot be used.
  public static <R extends Record> R load(Class<R> type, Path yaml, Map<String, String> env) {
    String text;
    try {
      text = Files.readString(yaml);
    } catch (IOException e) {
      throw new ConfigException(
          yaml.toString(), List.of(new Problem("", Kind.UNREADABLE, "cannot read: " + e)));
    }
    return read(type, yaml.toString(), text, env);
  }

  /// The same from text; `source` names it in errors.
  public static <R extends Record> R read(
      Class<R> type, String source, String text, Map<String, String> env) {
    var problems = new ArrayList<Problem>();
    Map<String, Object> tree = Documents.parse(source, text);
    Map<String, Object> merged = Documents.merge(tree, Environment.overrides(type, env, problems));
    Object made = new Mapper(problems).record(type, merged, "");
    if (made == null || !problems.isEmpty()) {
      throw new ConfigException(source, problems);
    }
    return type.cast(made);
  }
}
