package dev.lantern.runtime.config;

import dev.lantern.runtime.config.ConfigException.Kind;
import dev.lantern.runtime.config.ConfigException.Problem;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What the environment overrides: `LANTERN_<SECTION>_<KEY>`, lists by commas.
///
/// A variable that starts like one of the record's sections but names no key of it is refused as a
/// misspelling; others (`LANTERN_HOME`) are not ours to judge.
final class Environment {

  private static final String PREFIX = "LANTERN_";

  private final Map<String, String> env;
  private final Set<String> known = new HashSet<>();
  private final Set<String> sections = new HashSet<>();

  private Environment(Map<String, String> env) {
    this.env = env;
  }

  static Map<String, Object> overrides(
      Class<?> type, Map<String, String> env, List<Problem> problems) {
    var walk = new Environment(new HashMap<>(env));
    Map<String, Object> tree = walk.walk(type, PREFIX);
    for (String name : env.keySet()) {
      if (!walk.known.contains(name) && walk.sections.stream().anyMatch(name::startsWith)) {
        problems.add(
            new Problem(
                name,
                Kind.UNKNOWN_KEY,
                "unknown environment variable" + Nearest.hint(name, walk.known)));
      }
    }
    return tree;
  }

  private Map<String, Object> walk(Class<?> type, String prefix) {
    var tree = new LinkedHashMap<String, Object>();
    for (RecordComponent component : type.getRecordComponents()) {
      String key = Shape.key(component.getName());
      String name = prefix + key.toUpperCase(Locale.ROOT);
      var shape = Shape.of(component.getGenericType());
      if (shape.raw().isRecord() && !Scalars.knows(shape.raw())) {
        sections.add(name + "_");
        Map<String, Object> nested = walk(shape.raw(), name + "_");
        if (!nested.isEmpty()) {
          tree.put(key, nested);
        }
      } else {
        known.add(name);
        String value = env.get(name);
        if (value != null) {
          tree.put(key, shape.raw() == List.class ? List.of(value.split(",", -1)) : value);
        }
      }
    }
    return tree;
  }
}
