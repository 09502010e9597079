package dev.lantern.proving.json;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Requests made from the contracts: every field of every client RPC, in every place that it may
/// stand, in every spelling of [Literals].
final class RequestCases {
  private static final int DEEPEST = 3;

  /// How many spellings are tried of a kind that was tried whole before.
  private static final int AGAIN = 2;

  private final Rpcs rpc;
  private final Trials trials;
  private final Set<String> tried;

  private RequestCases(Rpcs rpc, Script script, Set<String> tried) {
    this.rpc = rpc;
    this.trials = new Trials(rpc, script);
    this.tried = tried;
  }

  /// @param tried which kinds of field were tried whole in which place; more come to it
  static List<Case> of(Rpcs rpc, Script script, Set<String> tried) {
    var all = new RequestCases(rpc, script, tried);
    for (FieldDescriptor field : rpc.request().getFields()) {
      if (rpc.hasBody()) {
        all.inBody("", "{%s}", field, 1);
      } else if (!all.inPath(field)) {
        all.inQuery(field);
      }
      if (all.inPath(field)) {
        all.asVariable(field);
      }
    }
    return all.trials.cases();
  }

  private List<String> spellings(String place, FieldDescriptor field, List<String> all) {
    return tried.add(place + " " + field.getType())
        ? all
        : all.subList(0, Math.min(AGAIN, all.size()));
  }

  private boolean inPath(FieldDescriptor field) {
    return rpc.path().contains("{" + field.getName() + "}");
  }

  /// @param around a body with one gap, where the member goes
  private void inBody(String prefix, String around, FieldDescriptor field, int depth) {
    String label = "body/" + prefix + field.getJsonName();
    String member = "\"" + field.getJsonName() + "\":";
    String value = field.isRepeated() ? "[%s]" : "%s";
    for (String literal : spellings("body", field, Literals.json(field))) {
      trials.body(label + " " + literal, around.formatted(member + value.formatted(literal)));
    }
    if (field.isRepeated()) {
      for (String literal : List.of("null", "{}", "1", "[[]]", "[null]", "[{},{}]")) {
        trials.body(label + " whole " + literal, around.formatted(member + literal));
      }
    }
    if (!field.getJsonName().equals(field.getName())) {
      trials.body(
          label + "/by-proto-name",
          around.formatted("\"" + field.getName() + "\":" + value.formatted(good(field))));
    }
    if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && depth < DEEPEST) {
      String inner = around.formatted(member + value.formatted("{%s}"));
      for (FieldDescriptor nested : field.getMessageType().getFields()) {
        inBody(prefix + field.getJsonName() + ".", inner, nested, depth + 1);
      }
    }
  }

  /// Not the first, so that it can be seen which of two counts.
  private static String another(FieldDescriptor field) {
    List<String> texts = Literals.text(field);
    return texts.get(Math.min(2, texts.size() - 1));
  }

  /// The first spelling of each kind is a good one; of a message, the empty one.
  private static String good(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        ? "{}"
        : Literals.json(field).getFirst();
  }

  private void inQuery(FieldDescriptor field) {
    String label = "query/" + field.getJsonName();
    for (String text : spellings("query", field, Literals.text(field))) {
      trials.query(label + " " + text, field.getJsonName() + "=" + text);
    }
    String one = Literals.text(field).getFirst();
    trials.query(label + "/by-proto-name", field.getName() + "=" + one);
    trials.query(label + "/no-value", field.getJsonName());
    trials.query(
        label + "/twice",
        field.getJsonName() + "=" + one + "&" + field.getJsonName() + "=" + another(field));
    trials.query(label + "/as-list", field.getJsonName() + "[]=" + one);
    if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      FieldDescriptor nested = field.getMessageType().getFields().getFirst();
      trials.query(
          label + "/nested",
          field.getJsonName()
              + "."
              + nested.getJsonName()
              + "="
              + Literals.text(nested).getFirst());
    }
  }

  private void asVariable(FieldDescriptor field) {
    String label = "path/" + field.getJsonName();
    for (String text : spellings("path", field, Literals.text(field))) {
      String path = Trials.path(rpc, Map.of(field.getName(), text));
      trials.path(label + " " + text, path);
    }
    trials.path(label + "/dots", Trials.path(rpc, Map.of(field.getName(), "..")));
    trials.path(label + "/escaped-dots", Trials.path(rpc, Map.of(field.getName(), "%2e%2e")));
    trials.path(label + "/verb", Trials.path(rpc, Map.of(field.getName(), "a:grab")));
    trials.path(label + "/no-verb", Trials.path(rpc, Map.of(field.getName(), "a:b")));
    trials.query(label + "/also-in-query", field.getJsonName() + "=2");
    trials.query(label + "/also-in-query-by-proto-name", field.getName() + "=2");
  }
}
