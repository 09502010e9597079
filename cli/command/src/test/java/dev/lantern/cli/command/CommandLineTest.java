package dev.lantern.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void lantern_withoutCommand_isBadUse() {
    assertThat(run(Map.of())).isEqualTo(ExitCode.BAD_USE);
    assertThat(err.toString()).contains("rain", "up", "doctor");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "up",
        "down",
        "status",
        "logs",
        "doctor",
        "rain",
        "reconcile",
        "chaos",
        "sim",
        "test",
        "campaign",
        "budget",
        "parked",
        "policy",
        "switch",
        "level",
        "limiter",
        "bench",
        "corpus",
        "completion"
      })
  void help_ofEachCommand_isThere(String command) {
    assertThat(run(Map.of(), command, "--help")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("lantern " + command);
  }

  /// Sourced by a real shell, which is then asked what may follow.
  @Test
  void completion_inBash_offersCommandsAndOptions() throws Exception {
    assertThat(run(Map.of(), "completion")).isEqualTo(ExitCode.OK);
    Path script = Files.writeString(folder.resolve("completion.sh"), out.toString());
    String asked =
        """
        source %s
        COMP_WORDS=(lantern level %s); COMP_CWORD=2; COMPREPLY=()
        _complete_lantern
        printf '%%s\\n' "${COMPREPLY[@]}"
        """;
    assertThat(bash(asked.formatted(script, ""))).contains("set", "list");
    assertThat(bash(asked.formatted(script, "--he"))).contains("--help");
  }

  private List<String> bash(String script) throws Exception {
    Process shell =
        new ProcessBuilder("bash", "--noprofile", "--norc", "-c", script)
            .redirectErrorStream(true)
            .start();
    try (var said = shell.inputReader()) {
      return said.lines().toList();
    } finally {
      shell.waitFor();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "up --api x",
        "corpus --recorded --record",
        "rain --users 0",
        "rain --threshold 101",
        "rain --users -5",
        "reconcile --window soon",
        "chaos nothing-like-that",
        "sim --runs 0",
        "sim --seed x",
        "bench speed",
        "limiter prove --limiters 0",
        "limiter",
        "bench accept --rounds 0",
        "bench growth --scale 0",
        "bench growth --scale 1000",
        "bench accept --json /nowhere/bench.json",
        "switch set play.grab.drop maybe",
        "switch set play.grab.drop 101%",
        "test galaxy",
        "policy",
        "policy validate",
        "policy validate /nowhere/policy.yaml",
        "policy rollback",
        "policy rollback --to x",
        "policy export",
        "level set",
        "level set L2 --for soon",
        "level approve first",
        "campaign validate /nowhere/tree.yaml",
        "budget show",
        "budget adjust main burn 5",
        "budget adjust main cut much",
        "parked list --kind odd",
        "parked list --older soon",
        "parked resolve discard",
        "parked resolve keep --order 1_a_1_1_3",
        "nonsense",
      })
  void badUse_isToldWithTwo(String line) {
    assertThat(run(Map.of(), line.split(" ", -1))).isEqualTo(ExitCode.BAD_USE);
    assertThat(err.toString()).isNotBlank();
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status",
        "policy rollout",
        "policy history",
        "policy audit",
        "policy diff --from 1",
        "level list",
        "level changes",
        "switch list",
        "limiter list",
        "campaign show spring-demo",
        "logs mariadb",
        "up --api 5"
      })
  void whatNeedsARunningStack_saysSoWithThree(String line) {
    assertThat(run(Map.of(), line.split(" ", -1))).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(err.toString()).startsWith("lantern: ");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void up_withAnImpossibleBasePort_isToldWithThree() {
    assertThat(run(Map.of("LANTERN_BASE_PORT", "70000"), "up")).isEqualTo(ExitCode.ENVIRONMENT);
  }

  @Test
  void down_whereNothingRuns_isFineAndSaysSoInJson() {
    assertThat(run(Map.of(), "down", "--json")).isEqualTo(ExitCode.OK);
    var said = JsonParser.parseString(out.toString()).getAsJsonObject();
    assertThat(said.get("ran").getAsBoolean()).isFalse();
  }

  @Test
  void doctor_asJson_namesEveryNeed() {
    int _ = run(Map.of("LANTERN_BASE_PORT", "23700"), "doctor", "--json");

    var checks = JsonParser.parseString(out.toString()).getAsJsonArray();
    List<String> names =
        checks.asList().stream()
            .map(check -> check.getAsJsonObject().get("name").getAsString())
            .toList();
    assertThat(names).contains("java", "maven", "python3 and pip", "processor", "ports");
    assertThat(checks.toString()).doesNotContain("\u001b");
  }

  @Test
  void sim_ofOneSeed_saysInJsonWhatItDid() {
    assertThat(run(Map.of(), "sim", "--seed", "7", "--runs", "1", "--json")).isEqualTo(ExitCode.OK);
    var report = JsonParser.parseString(out.toString()).getAsJsonObject();
    assertThat(report.get("runs").getAsInt()).isEqualTo(1);
    assertThat(report.get("steps").getAsLong()).isPositive();
    assertThat(report.get("violations").getAsJsonArray()).isEmpty();
    assertThat(report.get("hits").getAsJsonObject().has("REPLY_LOST")).isTrue();
  }

  @Test
  void output_withoutTerminal_hasNoColour() {
    int _ = run(Map.of(), "--help");

    assertThat(out.toString()).isNotEmpty().doesNotContain("\u001b");
    assertThat(place(true, Map.of()).colour()).isTrue();
    assertThat(place(true, Map.of("NO_COLOR", "1")).colour()).isFalse();
    assertThat(place(false, Map.of()).colour()).isFalse();
  }

  private int run(Map<String, String> environment, String... arguments) {
    return Main.run(place(false, environment), arguments);
  }

  private Place place(boolean terminal, Map<String, String> more) {
    var environment = new HashMap<>(System.getenv());
    environment.put("LANTERN_HOME", folder.resolve("home").toString());
    environment.remove("NO_COLOR");
    environment.putAll(more);
    return new Place(
        folder, environment, terminal, new PrintWriter(out, true), new PrintWriter(err, true));
  }
}
