package dev.lantern.runtime.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The type of a record component, an `Optional` around it taken off: `List<Duration>` is raw List
/// of argument Duration.
record Shape(Class<?> raw, List<Type> arguments, boolean optional) {

  static Shape of(Type type) {
    Shape plain = plain(type);
    if (plain.raw() == Optional.class) {
      Shape inner = plain(plain.arguments().getFirst());
      return new Shape(inner.raw(), inner.arguments(), true);
    }
    return plain;
  }

  /// A component's key: `metricsPort` is `metrics_port`.
  static String key(String component) {
    return component.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  private static Shape plain(Type type) {
    return switch (type) {
      case Class<?> raw -> new Shape(raw, List.of(), false);
      case ParameterizedType generic when generic.getRawType() instanceof Class<?> raw ->
          new Shape(raw, List.of(generic.getActualTypeArguments()), false);
      default -> throw new IllegalArgumentException("a configuration cannot hold a " + type);
    };
  }
}
