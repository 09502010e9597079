package dev.lantern.cli.stack.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A text with `${name}` places, filled strictly: a place without a value is refused, so that a
/// half-filled configuration never reaches a process.
public record Template(String name, String text) {
  private static final Pattern PLACE = Pattern.compile("\\$\\{([a-zA-Z0-9_.-]+)}");

  /// Reads the class path resource `name`, relative to `owner`'s package.
  public static Template resource(Class<?> owner, String name) {
    try (var in = owner.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no template " + name + " beside " + owner.getName());
      }
      return new Template(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the template " + name, e);
    }
  }

  public String fill(Map<String, ?> values) {
    return PLACE
        .matcher(text)
        .replaceAll(place -> {
          Object value = values.get(place.group(1));
          if (value == null) {
            throw new IllegalArgumentException(
                name + " has a place without a value: " + place.group());
          }
          return Matcher.quoteReplacement(value.toString());
        });
  }
}
