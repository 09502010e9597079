package dev.lantern.controlplane.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.lantern.controlplane.policy.Problem.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The published schema is the reader's, and says the same of every document.
final class SchemaTest {
  private static final Path CHECKOUT = Path.of(System.getProperty("lantern.checkout", ".."));
  private static final Path PUBLISHED = CHECKOUT.resolve("envoy/policy.schema.json");

  /// What the schema can say.
  private static final Set<Code> SAID = Set.of(Code.SCHEMA, Code.UNKNOWN_FIELD, Code.UNKNOWN_KIND);

  private static final int MANY = 20_000;

  @Test
  void publishedSchema_isTheReaders() throws IOException {
    if (Objects.equals(System.getProperty("lantern.goldens"), "write")) {
      Files.writeString(PUBLISHED, Schema.json());
    }
    assertThat(PUBLISHED).hasContent(Schema.json());
  }

  /// An editor that goes by the schema marks exactly what the reader refuses for its form.
  @Test
  void schemaAndReader_agreeOnTwentyThousandRules() {
    JsonObject schema = Schema.schema();
    var editor = new SchemaCheck(schema);
    var reader = new DocumentReader(new Known(Set.of(), Set.of(), Set.of(), 4));
    var samples = new Samples(schema, 20270205);
    int right = 0;
    for (int i = 0; i < MANY; i++) {
      JsonObject rule = samples.next();
      // JSON is YAML.
      List<Code> said =
          reader.read(List.of(new Document("rule", rule.toString(), 0))).problems().stream()
              .map(Problem::code)
              .filter(SAID::contains)
              .toList();
      boolean accepted = editor.accepts(rule);
      assertThat(said.isEmpty()).as("%s: %s", rule, said).isEqualTo(accepted);
      right += accepted ? 1 : 0;
    }
    // Both kinds of rule were many, or nothing was shown.
    assertThat(right).isBetween(MANY / 20, MANY - MANY / 20);
  }

  @Test
  void samples_coverEveryKind() {
    var made = new EnumMap<Kind, JsonObject>(Kind.class);
    JsonObject schema = Schema.schema();
    var editor = new SchemaCheck(schema);
    var samples = new Samples(schema, 7);
    for (int i = 0; i < MANY && made.size() < Kind.values().length; i++) {
      JsonObject rule = samples.next();
      if (editor.accepts(rule)) {
        Kind.of(rule.get("kind").getAsString()).ifPresent(kind -> made.putIfAbsent(kind, rule));
      }
    }
    assertThat(made.keySet()).containsExactly(Kind.values());
  }

  /// Every seed document is one that an editor marks nothing in.
  @Test
  void seedPolicies_areOfTheSchema() throws IOException {
    var schema = new SchemaCheck(Schema.schema());
    var wrong = new TreeSet<String>();
    try (var files = Files.newDirectoryStream(CHECKOUT.resolve("envoy/policies"), "*.yaml")) {
      for (Path file : files) {
        for (Object rule : new org.yaml.snakeyaml.Yaml().loadAll(Files.readString(file))) {
          if (rule instanceof Map<?, ?> map && !schema.accepts(json(map))) {
            wrong.add(file.getFileName() + " " + map.get("id"));
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static com.google.gson.JsonElement json(Map<?, ?> rule) {
    return new com.google.gson.GsonBuilder()
        .registerTypeAdapter(
            java.util.Date.class,
            (com.google.gson.JsonSerializer<java.util.Date>)
                (date, _, _) -> new com.google.gson.JsonPrimitive(date.toInstant().toString()))
        .create()
        .toJsonTree(rule);
  }
}
