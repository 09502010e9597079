package dev.lantern.proving.json;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The recorded corpus: a case a line, in JSON, with what grpc-gateway made of it.
///
/// @param lines in the order of [CorpusMaker]
record Recording(List<Line> lines) {
  static final Path FILE =
      Path.of("proving/src/main/resources/dev/lantern/proving/json/corpus.jsonl");
  private static final String RESOURCE = "corpus.jsonl";
  private static final Gson PLAIN =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  Recording {
    lines = List.copyOf(lines);
  }

  /// @param theirs what grpc-gateway answered, and what the service behind it heard
  /// @param ours the same of our edge, where the two differ in a way that is known; somebody has
  ///   looked at it
  record Line(Case one, Outcome theirs, Optional<Outcome> ours) {
    static Line of(Played played) {
      return new Line(
          played.one(),
          played.theirs(),
          played.one().difference().isPresent() ? Optional.of(played.ours()) : Optional.empty());
    }
  }

  /// What our edge did with this request when it was recorded; empty where nothing differed, and
  /// for requests that are not recorded.
  Map<Case, Outcome> ours() {
    return lines.stream()
        .filter(line -> line.ours().isPresent())
        .collect(Collectors.toMap(Line::one, line -> line.ours().get()));
  }

  static Recording load() {
    try (InputStream in = Recording.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("nothing is recorded: no " + RESOURCE);
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Recording parse(String text) {
    var lines = new ArrayList<Line>();
    text.lines()
        .map(JsonParser::parseString)
        .forEach(line -> lines.add(line(line.getAsJsonObject())));
    return new Recording(lines);
  }

  void write(Path checkout) {
    try {
      Path file = checkout.resolve(FILE);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text());
    } catch (IOException e) {
      throw new UncheckedIOException("the recording cannot be written", e);
    }
  }

  String text() {
    var text = new StringBuilder();
    for (Line line : lines) {
      var json = new JsonObject();
      json.addProperty("name", line.one().name());
      line.one().difference().ifPresent(it -> json.addProperty("difference", it.name()));
      json.add("asked", asked(line.one().asked()));
      json.add("service", script(line.one().script()));
      json.add("gateway", outcome(line.theirs()));
      line.ours().ifPresent(ours -> json.add("edge", outcome(ours)));
      text.append(PLAIN.toJson(json)).append('\n');
    }
    return text.toString();
  }

  private static Line line(JsonObject json) {
    Optional<Difference> difference =
        Optional.ofNullable(json.get("difference")).map(it -> Difference.valueOf(it.getAsString()));
    var one =
        new Case(
            json.get("name").getAsString(),
            asked(json.getAsJsonObject("asked")),
            script(json.getAsJsonObject("service")),
            difference);
    return new Line(
        one,
        outcome(json.getAsJsonObject("gateway")),
        Optional.ofNullable(json.getAsJsonObject("edge")).map(Recording::outcome));
  }

  private static JsonObject asked(Asked asked) {
    var json = new JsonObject();
    json.addProperty("method", asked.method());
    json.addProperty("path", asked.path());
    json.add("headers", texts(asked.headers()));
    json.addProperty("body", asked.body());
    return json;
  }

  private static Asked asked(JsonObject json) {
    return new Asked(
        json.get("method").getAsString(),
        json.get("path").getAsString(),
        texts(json.getAsJsonObject("headers")),
        json.get("body").getAsString());
  }

  private static JsonObject script(Script script) {
    var json = new JsonObject();
    switch (script) {
      case Script.Reply reply -> json.add("reply", reply.message());
      case Script.Refusal refusal -> {
        json.add("refusal", refusal.status());
        json.add("trailers", texts(refusal.trailers()));
      }
    }
    return json;
  }

  private static Script script(JsonObject json) {
    return json.has("reply")
        ? new Script.Reply(json.get("reply"))
        : new Script.Refusal(json.get("refusal"), texts(json.getAsJsonObject("trailers")));
  }

  static JsonObject outcome(Outcome outcome) {
    var json = new JsonObject();
    json.addProperty("status", outcome.status());
    json.add("headers", texts(outcome.headers()));
    json.add("body", outcome.body());
    json.add(
        "heard",
        outcome
            .heard()
            .<JsonElement>map(it -> {
              var heard = new JsonObject();
              heard.addProperty("rpc", it.rpc());
              heard.add("message", it.message());
              return heard;
            })
            .orElse(JsonNull.INSTANCE));
    return json;
  }

  static Outcome outcome(JsonObject json) {
    JsonElement heard = json.get("heard");
    return new Outcome(
        json.get("status").getAsInt(),
        texts(json.getAsJsonObject("headers")),
        json.get("body"),
        heard.isJsonNull()
            ? Optional.empty()
            : Optional.of(
                new Heard(
                    heard.getAsJsonObject().get("rpc").getAsString(),
                    heard.getAsJsonObject().get("message"))));
  }

  /// Sorted, so that the same recording is the same file.
  private static JsonObject texts(Map<String, String> values) {
    var json = new JsonObject();
    new TreeMap<>(values).forEach(json::addProperty);
    return json;
  }

  private static Map<String, String> texts(JsonObject json) {
    var values = new LinkedHashMap<String, String>();
    json.entrySet().forEach(it -> values.put(it.getKey(), it.getValue().getAsString()));
    return values;
  }
}
