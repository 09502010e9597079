package dev.lantern.runtime.config;

import dev.lantern.runtime.config.ConfigException.Kind;
import dev.lantern.runtime.config.ConfigException.Problem;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Trees of text to records. What does not fit becomes a [Problem] and null, so that one run finds
/// everything.
final class Mapper {

  private final List<Problem> problems;

  Mapper(List<Problem> problems) {
    this.problems = problems;
  }

  @Nullable Object record(Class<?> type, Map<String, Object> given, String path) {
    Map<String, Object> values = Documents.merge(Documents.defaults(type), given);
    RecordComponent[] components = type.getRecordComponents();
    refuseUnknown(components, values, path);
    int before = problems.size();
    var arguments = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String key = Shape.key(components[i].getName());
      arguments[i] = component(components[i].getGenericType(), values.get(key), join(path, key));
    }
    return problems.size() > before ? null : construct(type, components, arguments, path);
  }

  private @Nullable Object component(Type type, @Nullable Object node, String path) {
    Shape shape = Shape.of(type);
    if (node == null) {
      if (shape.optional()) {
        return Optional.empty();
      }
      problems.add(new Problem(path, Kind.MISSING, "is missing"));
      return null;
    }
    Object value = value(shape, node, path);
    return shape.optional() && value != null ? Optional.of(value) : value;
  }

  private @Nullable Object value(Shape shape, Object node, String path) {
    if (Scalars.knows(shape.raw())) {
      return scalar(shape.raw(), node, path);
    }
    if (shape.raw().isRecord()) {
      return node instanceof Map<?, ?> map
          ? record(shape.raw(), Documents.keyed(map), path)
          : wrong(path, "expected a section");
    }
    if (shape.raw() == List.class) {
      return list(shape.arguments().getFirst(), node, path);
    }
    if (shape.raw() == Map.class) {
      return map(shape.arguments().getLast(), node, path);
    }
    throw new IllegalArgumentException(path + ": a configuration cannot hold a " + shape.raw());
  }

  private @Nullable Object scalar(Class<?> type, Object node, String path) {
    if (!(node instanceof String text)) {
      return wrong(path, "expected one value");
    }
    try {
      return Scalars.parse(type, text);
    } catch (IllegalArgumentException e) {
      return wrong(path, String.valueOf(e.getMessage()));
    }
  }

  private @Nullable Object list(Type element, Object node, String path) {
    if (!(node instanceof List<?> nodes)) {
      return wrong(path, "expected a list");
    }
    var values = new ArrayList<Object>();
    for (int i = 0; i < nodes.size(); i++) {
      Object value = component(element, nodes.get(i), path + "[" + i + "]");
      if (value != null) {
        values.add(value);
      }
    }
    return List.copyOf(values);
  }

  private @Nullable Object map(Type element, Object node, String path) {
    if (!(node instanceof Map<?, ?> nodes)) {
      return wrong(path, "expected a section");
    }
    var values = new LinkedHashMap<String, Object>();
    nodes.forEach((key, child) -> {
      Object value = component(element, child, join(path, String.valueOf(key)));
      if (value != null) {
        values.put(String.valueOf(key), value);
      }
    });
    return Map.copyOf(values);
  }

  private void refuseUnknown(
      RecordComponent[] components, Map<String, Object> values, String path) {
    var known = new TreeSet<String>();
    Arrays.stream(components).map(c -> Shape.key(c.getName())).forEach(known::add);
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        problems.add(
            new Problem(
                join(path, key), Kind.UNKNOWN_KEY, "unknown key" + Nearest.hint(key, known)));
      }
    }
  }

  private @Nullable Object construct(
      Class<?> type, RecordComponent[] components, @Nullable Object[] arguments, String path) {
    var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      if (cause instanceof IllegalArgumentException) {
        problems.add(new Problem(path, Kind.REJECTED, String.valueOf(cause.getMessage())));
        return null;
      }
      throw new IllegalStateException(type + " failed at " + path, cause);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " is not a record we can make", e);
    }
  }

  private @Nullable Object wrong(String path, String message) {
    problems.add(new Problem(path, Kind.WRONG_TYPE, message));
    return null;
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
