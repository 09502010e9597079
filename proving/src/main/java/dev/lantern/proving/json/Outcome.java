package dev.lantern.proving.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.protobuf.ByteString;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What came of a request.
///
/// @param headers those that matter to a caller, by lower-case name
/// @param body JSON; text that is none as a string; JSON's null when there is no body
/// @param heard what the service was asked; empty when it was not
record Outcome(int status, Map<String, String> headers, JsonElement body, Optional<Heard> heard) {
  /// What a caller acts on. The rest is the server's own business.
  private static final List<String> THAT_MATTER = List.of("content-type", "allow", "retry-after");

  Outcome {
    headers = Map.copyOf(headers);
  }

  static Outcome of(RawHttp.Answer answer, Optional<Heard> heard) {
    var headers = new TreeMap<String, String>();
    for (String name : THAT_MATTER) {
      Optional.ofNullable(answer.headers().get(name)).ifPresent(it -> headers.put(name, it));
    }
    return new Outcome(answer.status(), headers, json(answer.body()), heard);
  }

  /// There was no answer: a status that is none, and why.
  static Outcome none(String why, Optional<Heard> heard) {
    return new Outcome(0, Map.of(), new JsonPrimitive(why), heard);
  }

  /// The google.rpc.Code of an error body; -1 when it is none.
  int code() {
    if (body.isJsonObject() && body.getAsJsonObject().get("code") instanceof JsonPrimitive code) {
      return code.isNumber() ? code.getAsInt() : -1;
    }
    return -1;
  }

  private static JsonElement json(ByteString body) {
    String text = body.toStringUtf8();
    if (text.isEmpty()) {
      return JsonNull.INSTANCE;
    }
    try {
      var reader = new JsonReader(new StringReader(text));
      reader.setStrictness(Strictness.STRICT);
      JsonElement read = JsonParser.parseReader(reader);
      return read.isJsonObject() || read.isJsonArray() ? read : new JsonPrimitive(text);
    } catch (JsonParseException e) {
      return new JsonPrimitive(text);
    }
  }
}
