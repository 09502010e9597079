package dev.lantern.proving.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A part of the corpus while it is made: an RPC, and requests that differ from a plain good one in
/// one thing each.
final class Trials {
  /// What path variables are filled with where nothing else is tried.
  private static final Map<String, String> USUAL =
      Map.of(
          "activity_id", "spring-demo",
          "scene_id", "scene-a",
          "rain_id", "1",
          "order_no", "42_scene-a_1_1_3",
          "name", "spring-demo.opened");

  private final List<Case> cases = new ArrayList<>();
  private final Rpcs rpc;
  private final Script script;

  Trials(Rpcs rpc, Script script) {
    this.rpc = rpc;
    this.script = script;
  }

  List<Case> cases() {
    return List.copyOf(cases);
  }

  /// The RPC's path with every variable at its usual.
  static String path(Rpcs rpc) {
    return path(rpc, Map.of());
  }

  /// With some variables written otherwise.
  static String path(Rpcs rpc, Map<String, String> otherwise) {
    String path = rpc.path();
    for (var variable : USUAL.entrySet()) {
      path =
          path.replace(
              "{" + variable.getKey() + "}",
              otherwise.getOrDefault(variable.getKey(), variable.getValue()));
    }
    return path;
  }

  /// What a well-behaved client sends.
  static Map<String, String> headers(Rpcs rpc) {
    var headers = new LinkedHashMap<String, String>();
    if (rpc != Rpcs.CREATE_SESSION) {
      headers.put("authorization", "Bearer " + Asked.SESSION);
    }
    if (rpc.hasBody()) {
      headers.put("content-type", "application/json");
    }
    return headers;
  }

  void body(String what, String body) {
    add(what, new Asked(rpc.verb(), path(rpc), headers(rpc), body));
  }

  void query(String what, String query) {
    add(what, new Asked(rpc.verb(), path(rpc) + "?" + query, headers(rpc), plainBody()));
  }

  void path(String what, String path) {
    add(what, new Asked(rpc.verb(), path, headers(rpc), plainBody()));
  }

  void method(String what, String method) {
    String body = method.equals("POST") || method.equals("PUT") ? "{}" : "";
    add(what, new Asked(method, path(rpc), headers(rpc), body));
  }

  /// With a header set, or, by an empty value, left out.
  void header(String what, String name, String value) {
    var headers = new LinkedHashMap<>(headers(rpc));
    headers.remove(name);
    if (!value.isEmpty()) {
      headers.put(name, value);
    }
    add(what, new Asked(rpc.verb(), path(rpc), headers, plainBody()));
  }

  void add(String what, Asked asked) {
    cases.add(
        new Case(
            rpc.fullName().substring(rpc.fullName().indexOf('/') + 1) + "/" + what, asked, script));
  }

  private String plainBody() {
    return rpc.hasBody() ? "{}" : "";
  }
}
