package dev.lantern.controlplane.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A mapping that [ShapeReader] found to be of its shape, as the types that rules are made of.
///
/// Asking for a key that the shape does not promise is a defect and throws.
record Values(Given.Keyed given) {

  int line() {
    return given.line();
  }

  /// The line of a key, or of the mapping where it is not given.
  int line(String key) {
    return find(key).map(Given::line).orElse(given.line());
  }

  boolean has(String key) {
    return given.values().containsKey(key);
  }

  String text(String key) {
    return findText(key).orElseThrow(() -> new IllegalStateException("no " + key));
  }

  Optional<String> findText(String key) {
    return find(key)
        .map(value ->
            switch (value) {
              case Given.One one -> one.text();
              case Given.Several _, Given.Keyed _ -> throw new IllegalStateException(key);
            });
  }

  long whole(String key) {
    return Long.parseLong(text(key));
  }

  int integer(String key) {
    return Math.toIntExact(whole(key));
  }

  boolean flag(String key) {
    return Boolean.parseBoolean(text(key));
  }

  Duration span(String key) {
    return Spans.parse(text(key));
  }

  Optional<Duration> findSpan(String key) {
    return findText(key).map(Spans::parse);
  }

  Rate rate(String key) {
    return Rate.parse(text(key));
  }

  Optional<Instant> findMoment(String key) {
    return findText(key).map(text -> OffsetDateTime.parse(text).toInstant());
  }

  List<String> texts(String key) {
    return several(key).stream()
        .map(value ->
            switch (value) {
              case Given.One one -> one.text();
              case Given.Several _, Given.Keyed _ -> throw new IllegalStateException(key);
            })
        .toList();
  }

  Values map(String key) {
    return findMap(key).orElseThrow(() -> new IllegalStateException("no " + key));
  }

  Optional<Values> findMap(String key) {
    return find(key).map(value -> keyed(value, key));
  }

  List<Values> maps(String key) {
    return several(key).stream().map(value -> keyed(value, key)).toList();
  }

  /// All of it as `limit.rate` → `120000/s`, in order of the paths: what rules are compared by.
  Map<String, String> flat() {
    var flat = new TreeMap<String, String>();
    flatten("", given, flat);
    return flat;
  }

  private Optional<Given> find(String key) {
    return Optional.ofNullable(given.values().get(key));
  }

  private List<Given> several(String key) {
    return find(key)
        .map(value ->
            switch (value) {
              case Given.Several several -> several.all();
              case Given.One _, Given.Keyed _ -> throw new IllegalStateException(key);
            })
        .orElse(List.of());
  }

  private static Values keyed(Given value, String key) {
    return switch (value) {
      case Given.Keyed keyed -> new Values(keyed);
      case Given.One _, Given.Several _ -> throw new IllegalStateException(key);
    };
  }

  private static void flatten(String path, Given value, Map<String, String> flat) {
    switch (value) {
      case Given.One one -> flat.put(path, one.text());
      case Given.Several several -> {
        for (int i = 0; i < several.all().size(); i++) {
          flatten(path + "[" + i + "]", several.all().get(i), flat);
        }
      }
      case Given.Keyed keyed ->
          keyed
              .values()
              .forEach(
                  (key, inner) -> flatten(path.isEmpty() ? key : path + "." + key, inner, flat));
    }
  }
}
