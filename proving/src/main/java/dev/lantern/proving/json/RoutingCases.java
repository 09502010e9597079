package dev.lantern.proving.json;

import java.util.List;
import java.util.Map;

/// What leads to an RPC and what does not: methods, paths, content types, sessions, bodies that are
/// no message.
final class RoutingCases {
  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW", "get");
  private static final int DEEP = 90;
  private static final int LONG = 3_000;
  private static final int OVER_THE_LIMIT = 66_000;

  private RoutingCases() {}

  static List<Case> of(Rpcs rpc, Script script) {
    var trials = new Trials(rpc, script);
    trials.path("plain", Trials.path(rpc));
    for (String method : METHODS) {
      if (!method.equals(rpc.verb())) {
        trials.method("method/" + method, method);
      }
    }
    paths(trials, rpc);
    headers(trials, rpc);
    if (rpc.hasBody()) {
      bodies(trials);
    } else {
      queries(trials);
      trials.add(
          "method/POST-form",
          new Asked(
              "POST",
              Trials.path(rpc),
              with(Trials.headers(rpc), "content-type", "application/x-www-form-urlencoded"),
              ""));
      trials.add(
          "body-of-a-get",
          new Asked("GET", Trials.path(rpc), Trials.headers(rpc), "{\"pageSize\":7}"));
      for (String variable : List.of("activityId", "activity_id")) {
        trials.add(
            "body-of-a-get/" + variable,
            new Asked(
                "GET",
                Trials.path(rpc),
                Trials.headers(rpc),
                "{\"%s\":\"elsewhere\"}".formatted(variable)));
      }
    }
    return trials.cases();
  }

  private static void paths(Trials trials, Rpcs rpc) {
    String path = Trials.path(rpc);
    trials.path("path/trailing-slash", path + "/");
    trials.path("path/more", path + "/more");
    trials.path("path/other-verb", path + ":shake");
    trials.path("path/double-slash", path.replaceFirst("/v1/", "/v1//"));
    trials.path("path/leading-double-slash", "/" + path);
    trials.path("path/dot", path.replaceFirst("/v1/", "/v1/./"));
    trials.path("path/dot-dot", path.replaceFirst("/v1/", "/v1/x/../"));
    trials.path("path/case", path.replaceFirst("/v1/", "/V1/"));
    trials.path("path/version", path.replaceFirst("/v1/", "/v2/"));
    trials.path("path/escaped-letter", path.replaceFirst("/v1/", "/%761/"));
    trials.path("path/empty-query", path + "?");
    trials.path("path/fragment", path + "#x");
    trials.path("path/grpc", "/" + rpc.fullName());
    trials.path("path/nothing", "/");
  }

  private static void headers(Trials trials, Rpcs rpc) {
    trials.header("accept/html", "accept", "text/html");
    trials.header("accept/xml", "accept", "application/xml");
    trials.header("header/te", "te", "trailers");
    trials.header("header/timeout", "grpc-timeout", "1S");
    trials.header("header/encoding", "accept-encoding", "gzip");
    if (rpc != Rpcs.CREATE_SESSION) {
      trials.header("session/none", "authorization", "");
      trials.header("session/forged", "authorization", "Bearer a.b.c");
      trials.header("session/basic", "authorization", "Basic YTpi");
      trials.header("session/bare", "authorization", Asked.SESSION);
    }
    if (rpc.hasBody()) {
      for (String type :
          List.of(
              "",
              "application/json; charset=utf-8",
              "text/plain",
              "application/xml",
              "application/octet-stream",
              "nonsense")) {
        trials.header("content-type/" + (type.isEmpty() ? "none" : type), "content-type", type);
      }
      trials.header("content-type/grpc", "content-type", "application/grpc");
    }
  }

  private static void bodies(Trials trials) {
    for (String body :
        List.of(
            "",
            " ",
            "{}",
            " {}",
            "{} ",
            "\n{}\n",
            "\t{}",
            "\ufeff{}",
            "null",
            "[]",
            "[{}]",
            "1",
            "\"a\"",
            "true",
            "{",
            "}",
            "{}}",
            "{}{}",
            "{} x",
            "{},",
            "{\"nope\":1}",
            "{\"nope\":1,}",
            "{,}",
            "{\"nope\"}",
            "{\"nope\":}",
            "{nope:1}",
            "{'nope':1}",
            "{\"nope\":01}",
            "{\"nope\":NaN}",
            "{\"nope\":1e999}",
            "{\"nope\":.5}",
            "{\"nope\":nul}",
            "{\"nope\":\"\\ud800\"}",
            "{\"nope\":{\"deep\":[1,{\"er\":null}]}}",
            "{\"nope\":1,\"nope\":2}",
            "/* c */ {}",
            "// c\n{}",
            "{\"\":1}",
            "{\"@type\":\"x\"}",
            "{\"nope\":\"\u0001\"}",
            "<a/>",
            "a=b")) {
      trials.body("body " + body, body);
    }
    trials.body("body/deep", "{\"nope\":" + "[".repeat(DEEP) + "]".repeat(DEEP) + "}");
    trials.body("body/too-large", "{\"nope\":\"" + "x".repeat(OVER_THE_LIMIT) + "\"}");
  }

  private static void queries(Trials trials) {
    for (String query :
        List.of(
            "nope=1",
            "nope",
            "nope.deeper=1",
            "nope[a]=b",
            "=1",
            "&",
            "&&nope=1",
            "nope=1&nope=2",
            "nope=%zz",
            "nope=1;more=2",
            "%6eope=1",
            "NOPE=1")) {
      trials.query("query " + query, query);
    }
    trials.query("query/long", "nope=" + "x".repeat(LONG));
  }

  private static Map<String, String> with(Map<String, String> headers, String name, String value) {
    var more = new java.util.LinkedHashMap<>(headers);
    more.put(name, value);
    return more;
  }
}
