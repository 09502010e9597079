package dev.lantern.runtime.config;

import dev.lantern.runtime.config.ConfigException.Kind;
import dev.lantern.runtime.config.ConfigException.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/// YAML as maps, lists and text. Every scalar stays text until a record says what it is, so that
/// `off` is the word off and `012` is not ten.
final class Documents {

  private static final int MAX_CHARS = 1 << 20;

  private Documents() {}

  static Map<String, Object> parse(String source, String text) {
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(20);
    options.setCodePointLimit(MAX_CHARS);
    var dumper = new DumperOptions();
    try {
      Object tree =
          new Yaml(
                  new SafeConstructor(options),
                  new Representer(dumper),
                  dumper,
                  options,
                  new Verbatim())
              .load(text);
      if (tree == null) {
        return Map.of();
      }
      if (tree instanceof Map<?, ?> map) {
        return keyed(map);
      }
      throw unreadable(source, "the document is not a mapping");
    } catch (YAMLException e) {
      throw unreadable(source, String.valueOf(e.getMessage()));
    }
  }

  /// The defaults that lie beside a record, or an empty map.
  static Map<String, Object> defaults(Class<?> type) {
    String name = type.getSimpleName() + ".defaults.yaml";
    try (InputStream in = type.getResourceAsStream(name)) {
      return in == null
          ? Map.of()
          : parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw unreadable(name, e.toString());
    }
  }

  /// `over` on top of `under`; maps are merged key by key, anything else is replaced.
  static Map<String, Object> merge(Map<String, Object> under, Map<String, Object> over) {
    var merged = new LinkedHashMap<>(under);
    over.forEach((key, value) -> merged.merge(key, value, Documents::mergeValue));
    return merged;
  }

  /// A mapping with its keys in `snake_case`.
  static Map<String, Object> keyed(Map<?, ?> map) {
    var keyed = new LinkedHashMap<String, Object>();
    map.forEach((key, value) -> keyed.put(String.valueOf(key).replace('-', '_'), deep(value)));
    return keyed;
  }

  private static Object mergeValue(Object under, Object over) {
    return under instanceof Map<?, ?> a && over instanceof Map<?, ?> b
        ? merge(keyed(a), keyed(b))
        : over;
  }

  private static Object deep(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Map<?, ?> map -> keyed(map);
      case List<?> list -> list.stream().map(Documents::deep).toList();
      default -> value;
    };
  }

  private static ConfigException unreadable(String source, String message) {
    return new ConfigException(source, List.of(new Problem("", Kind.UNREADABLE, message)));
  }

  /// Sees no numbers, booleans or dates in plain text.
  private static final class Verbatim extends Resolver {
    @Override
    protected void addImplicitResolvers() {}
  }
}
