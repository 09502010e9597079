package dev.lantern.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lantern.runtime.config.ConfigException.Kind;
import dev.lantern.runtime.config.ConfigException.Problem;
import dev.lantern.runtime.server.CallLimits;
import dev.lantern.runtime.server.ServerConfig;
import dev.lantern.runtime.telemetry.TelemetryConfig;
import dev.lantern.stores.Secret;
import dev.lantern.stores.redis.RedisConfig;
import dev.lantern.stores.sql.DatabaseConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigTest {

  record Service(
      Lease lease,
      Optional<Lease> spare,
      List<String> names,
      Map<String, Integer> weights,
      Secret key,
      Path home,
      Optional<String> remark,
      boolean strict) {}

  record Lease(Duration leaseTime, int slicePercent, Mode mode) {
    Lease {
      if (slicePercent > 100) {
        throw new IllegalArgumentException("slice_percent must be at most 100");
      }
    }
  }

  enum Mode {
    OFF,
    FAST_LANE
  }

  private static final String WHOLE =
      """
      lease: {lease-time: 10s, slice_percent: 1_0, mode: off}
      names: [a, b]
      weights: {x: 1, y: 2}
      key: hunter2
      home: /var/lib/x
      strict: true
      """;

  @Test
  void read_wholeDocument_fillsEveryComponent() {
    Service read = read(WHOLE, Map.of());
    assertThat(read)
        .isEqualTo(
            new Service(
                new Lease(Duration.ofSeconds(10), 10, Mode.OFF),
                Optional.empty(),
                List.of("a", "b"),
                Map.of("x", 1, "y", 2),
                new Secret("hunter2"),
                Path.of("/var/lib/x"),
                Optional.empty(),
                true));
  }

  @Test
  void read_environment_winsOverTheFile() {
    Service read =
        read(
            WHOLE,
            Map.of(
                "LANTERN_LEASE_LEASE_TIME", "500ms",
                "LANTERN_NAMES", "c,d",
                "LANTERN_KEY", "other",
                "LANTERN_LEASE_MODE", "fast-lane",
                "LANTERN_HOME", "/elsewhere"));
    assertThat(read.lease()).isEqualTo(new Lease(Duration.ofMillis(500), 10, Mode.FAST_LANE));
    assertThat(read.names()).containsExactly("c", "d");
    assertThat(read.key()).isEqualTo(new Secret("other"));
    assertThat(read.home()).isEqualTo(Path.of("/elsewhere"));
  }

  @Test
  void read_unknownKey_isRefusedWithTheNearestKnown() {
    List<Problem> problems = refused(WHOLE + "strickt: false\n", Map.of());
    assertThat(problems)
        .containsExactly(
            new Problem("strickt", Kind.UNKNOWN_KEY, "unknown key; the nearest known is strict"));
  }

  @Test
  void read_misspeltVariableOfASection_isRefused() {
    assertThat(refused(WHOLE, Map.of("LANTERN_LEASE_LEASETIME", "1s")))
        .containsExactly(
            new Problem(
                "LANTERN_LEASE_LEASETIME",
                Kind.UNKNOWN_KEY,
                "unknown environment variable; the nearest known is LANTERN_LEASE_LEASE_TIME"));
  }

  @Test
  void read_severalFaults_reportsAllWithTheirPaths() {
    List<Problem> problems =
        refused(
            """
            lease: {lease_time: 10, slice_percent: ten, mode: slow}
            spare: {lease_time: 1s, slice_percent: 101, mode: off}
            names: a
            weights: {x: many}
            home: /x
            strict: maybe
            """,
            Map.of());
    assertThat(problems)
        .extracting(problem -> problem.path() + " " + problem.kind())
        .containsExactlyInAnyOrder(
            "lease.lease_time WRONG_TYPE",
            "lease.slice_percent WRONG_TYPE",
            "lease.mode WRONG_TYPE",
            "spare REJECTED",
            "names WRONG_TYPE",
            "weights.x WRONG_TYPE",
            "key MISSING",
            "strict WRONG_TYPE");
  }

  @Test
  void read_duplicateKeyOrBrokenYaml_isRefused() {
    assertThat(refused("strict: true\nstrict: false\n", Map.of()))
        .extracting(Problem::kind)
        .containsExactly(Kind.UNREADABLE);
    assertThat(refused("- a\n", Map.of()))
        .extracting(Problem::kind)
        .containsExactly(Kind.UNREADABLE);
  }

  @Test
  void load_missingFile_isRefused() {
    var thrown =
        catchThrowableOfType(
            ConfigException.class,
            () -> Config.load(Service.class, Path.of("/no/such/file.yaml"), Map.of()));
    assertThat(thrown.problems()).extracting(Problem::kind).containsExactly(Kind.UNREADABLE);
  }

  @Test
  void secret_inAnyText_isHidden() {
    assertThat(read(WHOLE, Map.of()).toString()).doesNotContain("hunter2");
  }

  record Host(
      ServerConfig server, TelemetryConfig telemetry, DatabaseConfig mysql, RedisConfig redis) {}

  @Test
  void defaults_besideTheRecords_fillWhatTheFileLeavesOut() {
    Host host =
        Config.read(
            Host.class,
            "test",
            """
            server:
              port: 7721
              metrics_port: 7821
              tls: {certificate: a.crt, key: a.key, ca: ca.crt}
            telemetry: {}
            mysql: {host: h, port: 3306, database: d, user: u, password: p}
            redis: {addresses: ["h:6379"], password: p}
            """,
            Map.of());
    var server = host.server();
    assertThat(
            new CallLimits(
                server.maxMessageBytes(),
                server.defaultDeadline(),
                server.maxDeadline(),
                server.maxConcurrentCalls()))
        .isEqualTo(CallLimits.defaults());
    assertThat(host.mysql()).isEqualTo(DatabaseConfig.at("h", 3306, "d", "u", new Secret("p")));
    assertThat(host.redis()).isEqualTo(RedisConfig.at("h", 6379, new Secret("p")));
    assertThat(host.telemetry().otlpEndpoint()).isEmpty();
  }

  private static Service read(String text, Map<String, String> env) {
    return Config.read(Service.class, "test", text, env);
  }

  private static List<Problem> refused(String text, Map<String, String> env) {
    return catchThrowableOfType(ConfigException.class, () -> read(text, env)).problems();
  }
}
