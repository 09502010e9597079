package dev.lantern.controlplane.policy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Random;

/// Rules made at random from the published schema, right ones and damaged ones.
final class Samples {
  private static final List<String> TEXTS =
      List.of(
          "play.grab",
          "rain",
          "a b c",
          "12/s",
          "1/h",
          "0/s",
          "100ms",
          "2s",
          "1h",
          "5",
          "",
          "true",
          "2027-02-05T20:00:00+08:00",
          "2027-02-05T20:00Z",
          "soon",
          "gateways",
          "global",
          "caller",
          "user",
          "none",
          "second-person",
          "sheddable",
          "Rain!",
          "L2",
          "{}",
          "{\"a\":1}");

  private final JsonObject schema;
  private final Random random;

  Samples(JsonObject schema, long seed) {
    this.schema = schema;
    this.random = new Random(seed);
  }

  /// A rule of some kind, right more often than not.
  JsonObject next() {
    List<String> kinds = schema.getAsJsonObject("definitions").keySet().stream().sorted().toList();
    String kind = kinds.get(random.nextInt(kinds.size()));
    JsonObject made = object(schema.getAsJsonObject("definitions").getAsJsonObject(kind), 0);
    if (random.nextInt(8) > 0) {
      made.addProperty("kind", kind);
    }
    return made;
  }

  private JsonObject object(JsonObject type, int depth) {
    var made = new JsonObject();
    var required = type.getAsJsonArray("required");
    type.getAsJsonObject("properties")
        .entrySet()
        .forEach(entry -> {
          boolean must = required.contains(new JsonPrimitive(entry.getKey()));
          if (must ? random.nextInt(60) > 0 : random.nextInt(3) == 0) {
            made.add(entry.getKey(), value(entry.getValue().getAsJsonObject(), depth + 1));
          }
        });
    if (random.nextInt(60) == 0) {
      made.addProperty("extra", 1);
    }
    return made;
  }

  private JsonElement value(JsonObject type, int depth) {
    if (random.nextInt(60) == 0) {
      return anything();
    }
    if (type.has("properties")) {
      return object(type, depth);
    }
    if (type.has("enum")) {
      var values = type.getAsJsonArray("enum");
      return values.get(random.nextInt(values.size()));
    }
    return switch (type.get("type").getAsString()) {
      case "integer" ->
          new JsonPrimitive(
              type.get("minimum").getAsLong()
                  + random.nextInt(12)
                  - (random.nextInt(20) == 0 ? 9 : 0));
      case "boolean" -> new JsonPrimitive(random.nextBoolean());
      case "array" -> list(type, depth);
      default -> text(type);
    };
  }

  private JsonElement list(JsonObject type, int depth) {
    var made = new JsonArray();
    int size = random.nextInt(20) == 0 ? 0 : 1 + random.nextInt(3);
    for (int i = 0; i < size; i++) {
      made.add(value(type.getAsJsonObject("items"), depth + 1));
    }
    return made;
  }

  /// One that the pattern takes, mostly.
  private JsonElement text(JsonObject type) {
    var pattern = java.util.regex.Pattern.compile(type.get("pattern").getAsString());
    List<String> fit = TEXTS.stream().filter(text -> pattern.matcher(text).find()).toList();
    List<String> from = fit.isEmpty() || random.nextInt(40) == 0 ? TEXTS : fit;
    return new JsonPrimitive(from.get(random.nextInt(from.size())));
  }

  private JsonElement anything() {
    return switch (random.nextInt(5)) {
      case 0 -> new JsonArray();
      case 1 -> new JsonObject();
      case 2 -> JsonNull.INSTANCE;
      case 3 -> new JsonPrimitive(random.nextInt());
      default -> new JsonPrimitive(TEXTS.get(random.nextInt(TEXTS.size())));
    };
  }
}
