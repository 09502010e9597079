package dev.lantern.controlplane.policy;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;

/// The kinds as JSON Schema (draft 7, what editors know best): `envoy/policy.schema.json`.
///
/// A document names it in its first line, and an editor completes and checks it: `#
/// yaml-language-server: $schema=../policy.schema.json`.
public final class Schema {
  private Schema() {}

  public static String json() {
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(schema())
        + "\n";
  }

  static JsonObject schema() {
    var kinds = new JsonArray();
    var choices = new JsonArray();
    var definitions = new JsonObject();
    for (Kind kind : Kind.values()) {
      kinds.add(kind.text());
      definitions.add(kind.text(), mapping(kind.shape()));
      choices.add(choice(kind.text()));
    }
    var named = object("type", "string");
    named.add("enum", kinds);
    var properties = new JsonObject();
    properties.add("kind", named);
    var schema = object("$schema", "http://json-schema.org/draft-07/schema#");
    schema.addProperty("title", "A rule of Lantern's mesh policy");
    schema.addProperty("type", "object");
    schema.add("required", texts(List.of("kind")));
    schema.add("properties", properties);
    schema.add("allOf", choices);
    schema.add("definitions", definitions);
    return schema;
  }

  private static JsonObject choice(String kind) {
    var properties = new JsonObject();
    properties.add("kind", object("const", kind));
    var condition = new JsonObject();
    condition.add("properties", properties);
    condition.add("required", texts(List.of("kind")));
    var choice = new JsonObject();
    choice.add("if", condition);
    choice.add("then", object("$ref", "#/definitions/" + kind));
    return choice;
  }

  private static JsonObject of(Shape shape) {
    return switch (shape) {
      case Shape.Text text -> pattern(text.pattern().pattern(), "like " + text.looksLike());
      case Shape.PerTime _ ->
          pattern(Shape.PerTime.PATTERN.pattern(), "like 120000/s, 10/m or 1/h");
      case Shape.Span span ->
          pattern(
              Shape.Span.PATTERN.pattern(),
              "from " + Spans.text(span.least()) + " to " + Spans.text(span.most()));
      case Shape.Moment _ ->
          pattern(Shape.Moment.PATTERN.pattern(), "like 2027-02-05T20:00:00+08:00");
      case Shape.Choice choice -> {
        var one = object("type", "string");
        one.add("enum", texts(choice.values()));
        yield one;
      }
      case Shape.Whole whole -> {
        var number = object("type", "integer");
        number.addProperty("minimum", whole.least());
        number.addProperty("maximum", whole.most());
        yield number;
      }
      case Shape.Flag _ -> object("type", "boolean");
      case Shape.Many many -> {
        var list = object("type", "array");
        list.add("items", of(many.each()));
        list.addProperty("minItems", many.least());
        list.addProperty("maxItems", many.most());
        yield list;
      }
      case Shape.Mapping mapping -> mapping(mapping);
    };
  }

  private static JsonObject mapping(Shape.Mapping shape) {
    var properties = new JsonObject();
    var required = new JsonArray();
    for (Field field : shape.fields()) {
      JsonObject one = of(field.shape());
      one.addProperty("description", described(field, one));
      field.unlessGiven().ifPresent(text -> one.add("default", typed(field.shape(), text)));
      properties.add(field.name(), one);
      if (field.required()) {
        required.add(field.name());
      }
    }
    var object = object("type", "object");
    object.add("properties", properties);
    object.add("required", required);
    object.addProperty("additionalProperties", false);
    if (!shape.oneOf().isEmpty()) {
      object.add("oneOf", eachRequired(shape.oneOf()));
    }
    if (!shape.atMostOneOf().isEmpty()) {
      var twoOfThem = new JsonObject();
      twoOfThem.add("anyOf", pairs(shape.atMostOneOf()));
      object.add("not", twoOfThem);
    }
    return object;
  }

  private static String described(Field field, JsonObject one) {
    JsonElement form = one.remove("description");
    return form == null ? field.says() : field.says() + "; " + form.getAsString();
  }

  private static JsonElement typed(Shape shape, String text) {
    return switch (shape) {
      case Shape.Whole _ -> new com.google.gson.JsonPrimitive(Long.parseLong(text));
      case Shape.Flag _ -> new com.google.gson.JsonPrimitive(Boolean.parseBoolean(text));
      case Shape.Text _,
          Shape.PerTime _,
          Shape.Span _,
          Shape.Moment _,
          Shape.Choice _,
          Shape.Many _,
          Shape.Mapping _ ->
          new com.google.gson.JsonPrimitive(text);
    };
  }

  private static JsonArray eachRequired(List<String> keys) {
    var all = new JsonArray();
    keys.forEach(key -> all.add(requiring(List.of(key))));
    return all;
  }

  private static JsonArray pairs(List<String> keys) {
    var pairs = new JsonArray();
    for (int i = 0; i < keys.size(); i++) {
      for (int j = i + 1; j < keys.size(); j++) {
        pairs.add(requiring(List.of(keys.get(i), keys.get(j))));
      }
    }
    return pairs;
  }

  private static JsonObject requiring(List<String> keys) {
    var object = new JsonObject();
    object.add("required", texts(keys));
    return object;
  }

  private static JsonObject pattern(String pattern, String form) {
    var text = object("type", "string");
    text.addProperty("pattern", "^(?:" + pattern + ")$");
    text.addProperty("description", form);
    return text;
  }

  private static JsonObject object(String key, String value) {
    var object = new JsonObject();
    object.addProperty(key, value);
    return object;
  }

  private static JsonArray texts(List<String> values) {
    var all = new JsonArray();
    values.forEach(all::add);
    return all;
  }
}
