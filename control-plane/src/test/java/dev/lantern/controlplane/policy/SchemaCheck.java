package dev.lantern.controlplane.policy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/// What an editor does with the published schema, in the words of JSON Schema alone: it knows
/// nothing of shapes. A keyword it does not know is a defect of the schema and throws.
final class SchemaCheck {
  private final JsonObject root;

  SchemaCheck(JsonObject root) {
    this.root = root;
  }

  boolean accepts(JsonElement value) {
    return accepts(root, value);
  }

  private boolean accepts(JsonObject schema, JsonElement value) {
    return schema.entrySet().stream().allMatch(entry -> keyword(schema, entry.getKey(), value));
  }

  private boolean keyword(JsonObject schema, String keyword, JsonElement value) {
    JsonElement says = schema.get(keyword);
    return switch (keyword) {
      case "$schema", "title", "description", "default", "definitions", "then" -> true;
      case "$ref" -> accepts(definition(says.getAsString()), value);
      case "type" -> is(says.getAsString(), value);
      case "const" -> says.equals(value);
      case "enum" -> says.getAsJsonArray().contains(value);
      case "pattern" ->
          !is("string", value)
              || Pattern.compile(says.getAsString()).matcher(value.getAsString()).find();
      case "minimum" ->
          !is("integer", value) || value.getAsBigDecimal().compareTo(says.getAsBigDecimal()) >= 0;
      case "maximum" ->
          !is("integer", value) || value.getAsBigDecimal().compareTo(says.getAsBigDecimal()) <= 0;
      case "minItems" -> !value.isJsonArray() || value.getAsJsonArray().size() >= says.getAsInt();
      case "maxItems" -> !value.isJsonArray() || value.getAsJsonArray().size() <= says.getAsInt();
      case "items" -> !value.isJsonArray() || all(value.getAsJsonArray(), says.getAsJsonObject());
      case "required" ->
          !value.isJsonObject()
              || says.getAsJsonArray().asList().stream()
                  .allMatch(key -> value.getAsJsonObject().has(key.getAsString()));
      case "properties" -> !value.isJsonObject() || properties(says, value.getAsJsonObject());
      case "additionalProperties" ->
          !value.isJsonObject()
              || schema
                  .getAsJsonObject("properties")
                  .keySet()
                  .containsAll(value.getAsJsonObject().keySet());
      case "allOf" -> count(says.getAsJsonArray(), value) == says.getAsJsonArray().size();
      case "anyOf" -> count(says.getAsJsonArray(), value) > 0;
      case "oneOf" -> count(says.getAsJsonArray(), value) == 1;
      case "not" -> !accepts(says.getAsJsonObject(), value);
      case "if" ->
          !accepts(says.getAsJsonObject(), value) || accepts(schema.getAsJsonObject("then"), value);
      default -> throw new IllegalStateException("no such keyword: " + keyword);
    };
  }

  private JsonObject definition(String reference) {
    return root.getAsJsonObject("definitions")
        .getAsJsonObject(reference.substring("#/definitions/".length()));
  }

  private boolean all(JsonArray list, JsonObject each) {
    return list.asList().stream().allMatch(item -> accepts(each, item));
  }

  private boolean properties(JsonElement says, JsonObject value) {
    return says.getAsJsonObject().entrySet().stream()
        .filter(entry -> value.has(entry.getKey()))
        .allMatch(entry -> accepts(entry.getValue().getAsJsonObject(), value.get(entry.getKey())));
  }

  private long count(JsonArray schemas, JsonElement value) {
    return schemas.asList().stream().filter(one -> accepts(one.getAsJsonObject(), value)).count();
  }

  private static boolean is(String type, JsonElement value) {
    return switch (type) {
      case "object" -> value.isJsonObject();
      case "array" -> value.isJsonArray();
      case "string" -> value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
      case "boolean" -> value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean();
      case "integer" ->
          value.isJsonPrimitive()
              && value.getAsJsonPrimitive().isNumber()
              && value.getAsBigDecimal().remainder(BigDecimal.ONE).signum() == 0;
      default -> throw new IllegalStateException("no such type: " + type);
    };
  }
}
