package dev.lantern.proving.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What services answer: every field of every response at its edges, every enum value, every status
/// with every kind of detail.
final class AnswerCases {
  private static final int DEEPEST = 4;
  private static final int CODES = 16;
  private static final int UNKNOWN_ENUM = 9_999;

  private AnswerCases() {}

  static List<Case> replies(Rpcs rpc, Set<String> tried) {
    var cases = new ArrayList<Case>();
    add(cases, rpc, "reply/empty", new JsonObject());
    add(cases, rpc, "reply/full", full(rpc.response(), 0));
    for (FieldDescriptor field : rpc.response().getFields()) {
      edges(cases, rpc, "reply/", new ArrayList<>(), field, tried);
    }
    return List.copyOf(cases);
  }

  /// One field at each of its edges, inside the messages that lead to it.
  private static void edges(
      List<Case> cases,
      Rpcs rpc,
      String prefix,
      List<FieldDescriptor> way,
      FieldDescriptor field,
      Set<String> tried) {
    String label = prefix + field.getJsonName();
    if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        && !field.getMessageType().getFullName().startsWith("google.protobuf.")) {
      if (way.size() < DEEPEST) {
        var further = new ArrayList<>(way);
        further.add(field);
        for (FieldDescriptor nested : field.getMessageType().getFields()) {
          edges(cases, rpc, label + ".", further, nested, tried);
        }
      }
      return;
    }
    if (!tried.add("reply " + kind(field))) {
      return;
    }
    for (JsonElement value : atEdges(field)) {
      JsonElement placed = field.isRepeated() ? list(value, value) : value;
      add(cases, rpc, label + " " + value, wrapped(way, field, placed));
    }
  }

  /// Fields of one kind are printed alike wherever they stand.
  private static String kind(FieldDescriptor field) {
    String type =
        switch (field.getJavaType()) {
          case ENUM -> field.getEnumType().getFullName();
          case MESSAGE -> field.getMessageType().getFullName();
          case STRING, INT, LONG, BYTE_STRING, BOOLEAN, FLOAT, DOUBLE -> field.getType().name();
        };
    return field.isRepeated() ? "list of " + type : type;
  }

  private static JsonObject wrapped(
      List<FieldDescriptor> way, FieldDescriptor field, JsonElement value) {
    var inner = new JsonObject();
    inner.add(field.getJsonName(), value);
    for (FieldDescriptor outer : way.reversed()) {
      var wrapping = new JsonObject();
      wrapping.add(outer.getJsonName(), outer.isRepeated() ? list(inner) : inner);
      inner = wrapping;
    }
    return inner;
  }

  private static List<JsonElement> atEdges(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case STRING ->
          texts("\"x\"", "\"<a href='b'>&\\u2028\\u0000\\n\\\"\\\\\"", "\"\u00fc \u7ea2\u5305\"");
      case INT -> texts("1", "-1", "2147483647", "-2147483648");
      case LONG ->
          texts("1", "\"9007199254740993\"", "\"9223372036854775807\"", "\"-9223372036854775808\"");
      case BYTE_STRING -> texts("\"AA==\"", "\"+/8=\"", "\"aGk=\"");
      case BOOLEAN -> texts("true", "false");
      case FLOAT, DOUBLE ->
          texts(
              "0.1",
              "-0.0",
              "1e300",
              "5e-324",
              "123456789.125",
              "\"NaN\"",
              "\"Infinity\"",
              "\"-Infinity\"");
      case ENUM -> enums(field);
      case MESSAGE -> wellKnown(field.getMessageType());
    };
  }

  private static List<JsonElement> enums(FieldDescriptor field) {
    var values = new ArrayList<JsonElement>();
    for (EnumValueDescriptor value : field.getEnumType().getValues()) {
      values.add(new JsonPrimitive(value.getNumber()));
    }
    values.add(new JsonPrimitive(UNKNOWN_ENUM));
    return values;
  }

  private static List<JsonElement> wellKnown(Descriptor type) {
    return switch (type.getName()) {
      case "Timestamp" ->
          texts(
              "\"2027-02-06T12:00:00Z\"",
              "\"2027-02-06T12:00:00.120Z\"",
              "\"2027-02-06T12:00:00.000001Z\"",
              "\"2027-02-06T12:00:00.123456789Z\"",
              "\"1969-12-31T23:59:59.900Z\"",
              "\"0001-01-01T00:00:00Z\"",
              "\"9999-12-31T23:59:59.999999999Z\"");
      case "Duration" -> texts("\"0s\"", "\"1.500s\"", "\"-0.000000001s\"", "\"315576000000s\"");
      default -> throw new IllegalStateException("no edges are known of " + type.getFullName());
    };
  }

  /// Every field set; lists with two.
  private static JsonObject full(Descriptor type, int depth) {
    var message = new JsonObject();
    for (FieldDescriptor field : type.getFields()) {
      boolean later =
          field.getContainingOneof() != null && field.getContainingOneof().getField(0) != field;
      if (!later && depth < DEEPEST) {
        boolean ours =
            field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && !field.getMessageType().getFullName().startsWith("google.protobuf.");
        JsonElement value =
            ours ? full(field.getMessageType(), depth + 1) : atEdges(field).getFirst();
        message.add(field.getJsonName(), field.isRepeated() ? list(value, value) : value);
      }
    }
    return message;
  }

  /// One code each, and one kind of detail each.
  static List<Case> refusals(Rpcs rpc) {
    var cases = new ArrayList<Case>();
    for (int code = 1; code <= CODES; code++) {
      refuse(
          cases, rpc, "refusal/code/" + code, "{\"code\":%d,\"message\":\"no\"}".formatted(code));
    }
    for (String detail : Details.ALL) {
      refuse(
          cases,
          rpc,
          "refusal/detail " + detail,
          "{\"code\":9,\"message\":\"no\",\"details\":[" + detail + "]}");
    }
    for (String message :
        List.of("", "100 % sure", "\u7ea2\u5305 \ud83e\udde7", "a\\nb\\tc", "\\\"q\\\"", "%41")) {
      refuse(
          cases, rpc, "refusal/message " + message, "{\"code\":5,\"message\":\"" + message + "\"}");
    }
    cases.add(
        new Case(
            name(rpc, "refusal/retry-after"),
            asked(rpc),
            new Script.Refusal(
                JsonParser.parseString("{\"code\":8,\"message\":\"later\"}"),
                Map.of("retry-after", "3", "grpc-retry-pushback-ms", "3000"))));
    return List.copyOf(cases);
  }

  private static void refuse(List<Case> cases, Rpcs rpc, String what, String status) {
    cases.add(
        new Case(
            name(rpc, what),
            asked(rpc),
            new Script.Refusal(JsonParser.parseString(status), Map.of())));
  }

  private static void add(List<Case> cases, Rpcs rpc, String what, JsonElement reply) {
    cases.add(new Case(name(rpc, what), asked(rpc), new Script.Reply(reply)));
  }

  private static String name(Rpcs rpc, String what) {
    return rpc.fullName().substring(rpc.fullName().indexOf('/') + 1) + "/" + what;
  }

  private static Asked asked(Rpcs rpc) {
    return new Asked(rpc.verb(), Trials.path(rpc), Trials.headers(rpc), rpc.hasBody() ? "{}" : "");
  }

  private static List<JsonElement> texts(String... json) {
    return java.util.Arrays.stream(json).map(JsonParser::parseString).toList();
  }

  private static JsonArray list(JsonElement... values) {
    var list = new JsonArray();
    for (JsonElement value : values) {
      list.add(value.deepCopy());
    }
    return list;
  }
}
