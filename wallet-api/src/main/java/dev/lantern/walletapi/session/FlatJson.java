package dev.lantern.walletapi.session;

import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// One JSON object of strings, numbers and lists of strings, read strictly.
///
/// A name that comes twice is refused: two readers that pick different ones would see two different
/// assertions under one signature. Members of other kinds are skipped.
final class FlatJson {
  private final Map<String, String> strings = new HashMap<>();
  private final Map<String, Long> numbers = new HashMap<>();
  private final Map<String, List<String>> lists = new HashMap<>();
  private final List<String> names = new ArrayList<>();

  private FlatJson() {}

  /// The object, or empty when the text is anything else.
  static Optional<FlatJson> parse(String text) {
    try (JsonReader in = new JsonReader(new StringReader(text))) {
      in.setStrictness(Strictness.STRICT);
      FlatJson json = new FlatJson();
      in.beginObject();
      while (in.hasNext()) {
        json.member(in);
      }
      in.endObject();
      return in.peek() == JsonToken.END_DOCUMENT ? Optional.of(json) : Optional.empty();
    } catch (IOException | JsonParseException | IllegalStateException | NumberFormatException bad) {
      return Optional.empty();
    }
  }

  boolean has(String name) {
    return names.contains(name);
  }

  Optional<String> string(String name) {
    return Optional.ofNullable(strings.get(name));
  }

  /// A whole number that fits a long.
  OptionalLong number(String name) {
    Long value = numbers.get(name);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /// The strings of a list, or the one string.
  List<String> strings(String name) {
    return string(name).map(List::of).orElseGet(() -> lists.getOrDefault(name, List.of()));
  }

  private void member(JsonReader in) throws IOException {
    String name = in.nextName();
    if (names.contains(name)) {
      throw new IOException("a name comes twice");
    }
    names.add(name);
    switch (in.peek()) {
      case STRING -> strings.put(name, in.nextString());
      case NUMBER -> wholeNumber(in.nextString()).ifPresent(value -> numbers.put(name, value));
      case BEGIN_ARRAY -> lists.put(name, list(in));
      case BOOLEAN, NULL, BEGIN_OBJECT -> in.skipValue();
      case END_ARRAY, END_OBJECT, NAME, END_DOCUMENT -> throw new IOException("no value");
    }
  }

  private static List<String> list(JsonReader in) throws IOException {
    List<String> values = new ArrayList<>();
    in.beginArray();
    while (in.hasNext()) {
      if (in.peek() == JsonToken.STRING) {
        values.add(in.nextString());
      } else {
        in.skipValue();
      }
    }
    in.endArray();
    return values;
  }

  private static Optional<Long> wholeNumber(String text) {
    return text.matches("-?[0-9]{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }
}
