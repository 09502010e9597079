package dev.lantern.cli.command;

import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.home.Home;
import dev.lantern.cli.stack.service.Port;
import dev.lantern.cli.stack.supervise.StackState;
import java.util.LinkedHashMap;
import java.util.Map;

/// What `up` prints: where everything is.
final class Addresses {
  private Addresses() {}

  static String of(StackState state, Home home) {
    var lines = new LinkedHashMap<String, String>();
    int base = state.basePort();
    if (state.part("envoy-edge").isPresent()) {
      lines.put("clients (JSON and gRPC)", "http://127.0.0.1:" + Port.EDGE.of(base));
      lines.put("services (gRPC, mTLS)", "https://127.0.0.1:" + Port.MESH.of(base));
      lines.put("operators (gRPC, mTLS)", "https://127.0.0.1:" + Port.ADMIN.of(base));
    }
    lines.put("MariaDB", "127.0.0.1:" + Engine.MARIADB.port(base));
    lines.put(
        "Redis A, B", "127.0.0.1:" + Engine.REDIS_A.port(base) + ", " + Engine.REDIS_B.port(base));
    lines.put("Kafka", "127.0.0.1:" + Engine.KAFKA.port(base));
    lines.put("certificates", home.pki().toString());
    lines.put("passwords", home.secrets().toString());
    lines.put("logs", home.logs().toString());
    var text = new StringBuilder();
    for (Map.Entry<String, String> line : lines.entrySet()) {
      text.append(String.format("%-24s %s%n", line.getKey(), line.getValue()));
    }
    return text.toString();
  }
}
