package dev.lantern.proving.json;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which cases differ, and by what: `differences.json`, the names of cases by difference.
final class Marks {
  private static final String RESOURCE = "differences.json";

  private final Map<String, Difference> byCase;

  private Marks(Map<String, Difference> byCase) {
    this.byCase = byCase;
  }

  static Marks load() {
    try (InputStream in = Marks.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("there is no " + RESOURCE);
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Marks parse(String text) {
    var byCase = new HashMap<String, Difference>();
    JsonObject json = JsonParser.parseString(text).getAsJsonObject();
    for (var entry : json.entrySet()) {
      Difference difference = Difference.valueOf(entry.getKey());
      entry
          .getValue()
          .getAsJsonArray()
          .forEach(name -> {
            if (byCase.put(name.getAsString(), difference) != null) {
              throw new IllegalArgumentException("marked twice: " + name);
            }
          });
    }
    return new Marks(byCase);
  }

  /// The same cases, those that are named marked. Throws IllegalArgumentException when one is named
  /// that is not there: it would be believed to be watched.
  List<Case> on(List<Case> cases) {
    var left = new HashMap<>(byCase);
    List<Case> marked =
        cases.stream()
            .map(
                one -> Optional.ofNullable(left.remove(one.name())).map(one::differing).orElse(one))
            .toList();
    if (!left.isEmpty()) {
      throw new IllegalArgumentException("no case is called " + left.keySet());
    }
    return marked;
  }
}
