package dev.lantern.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.port.FreePorts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `up`, `status`, `logs` and `down` with real engines, by their exit codes and what they print.
@Tag("engine")
class EnginesUpTest {
  @TempDir Path folder;
  private final int basePort = FreePorts.base();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @AfterEach
  void stop() {
    int _ = run("down");
  }

  @Test
  void up_status_logs_down_sayWhatThereIs() {
    assertThat(run("up", "--engines", "--json")).as(err.toString()).isEqualTo(ExitCode.OK);
    JsonObject up = JsonParser.parseString(out.toString()).getAsJsonObject();
    assertThat(up.get("ready").getAsBoolean()).isTrue();
    assertThat(up.getAsJsonArray("parts")).hasSize(Engine.values().length);
    assertThat(err.toString()).contains("mariadb").doesNotContain("\u001b");

    out.getBuffer().setLength(0);
    assertThat(run("status")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("mariadb", "READY", "redis-b", "kafka");

    out.getBuffer().setLength(0);
    assertThat(run("logs", "redis-a")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("Ready to accept connections");

    assertThat(run("down", "--wipe")).isEqualTo(ExitCode.OK);
    assertThat(run("status")).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(folder.resolve("home/data")).doesNotExist();
  }

  @Test
  void up_withATakenPort_exitsWithThreeAndLeavesNothing() throws IOException {
    int port = Engine.KAFKA.port(basePort);
    try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(taken.isBound()).isTrue();

      assertThat(run("up", "--engines")).isEqualTo(ExitCode.ENVIRONMENT);
    }
    assertThat(err.toString()).contains(Integer.toString(port), "LANTERN_BASE_PORT");
    assertThat(FreePorts.free(Engine.MARIADB.port(basePort))).isTrue();
    assertThat(run("status")).isEqualTo(ExitCode.ENVIRONMENT);
  }

  private int run(String... arguments) {
    var environment = new HashMap<>(System.getenv());
    environment.put("LANTERN_HOME", folder.resolve("home").toString());
    environment.put("LANTERN_BASE_PORT", Integer.toString(basePort));
    Path checkout = Path.of(System.getProperty("lantern.checkout", ".")).toAbsolutePath();
    return Main.run(
        new Place(
            checkout, environment, false, new PrintWriter(out, true), new PrintWriter(err, true)),
        arguments);
  }
}
