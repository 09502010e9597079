package dev.lantern.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The `lantern` script in a checkout of its own, with a program in Maven's place that notes each
/// build it is asked for and leaves what a build leaves.
class LanternScriptTest {
  private static final String MAVEN =
      """
      #!/usr/bin/env bash
      if [[ $1 == -v ]]; then echo "Apache Maven ${FAKE_VERSION:-3.8.7} (x)"; exit 0; fi
      echo "$@" >> builds
      [[ -z ${FAKE_FAILURE:-} ]] || { echo "[ERROR] it does not compile"; exit 1; }
      for m in cli/broker cli/command token-service counter-service order-center wallet-api \
          control-plane proving/skew; do
        mkdir -p $m/target; echo none.jar > $m/target/classpath
      done
      mkdir -p proto/target/classes; echo > proto/target/classes/lantern.desc
      """;

  @TempDir Path checkout;

  @BeforeEach
  void makeCheckout() throws IOException {
    Path script = Path.of(System.getProperty("lantern.checkout"), "lantern");
    write("lantern", Files.readString(script));
    write("maven/bin/mvn", MAVEN);
    executable("lantern");
    executable("maven/bin/mvn");
    write("pom.xml", "<project/>");
    write("proto/src/main/proto/a.proto", "message A {}");
    write("order-center/src/main/java/A.java", "class A {}");
    write("order-center/src/test/java/ATest.java", "class ATest {}");
  }

  @Test
  void build_happensOnce_andAgainAfterAChange() throws IOException, InterruptedException {
    run(Map.of());
    run(Map.of());
    assertThat(builds()).isEqualTo(1);

    write("order-center/src/main/java/A.java", "class A { int b; }");
    run(Map.of());
    assertThat(builds()).as("after a change").isEqualTo(2);

    Files.delete(checkout.resolve("order-center/src/main/java/A.java"));
    run(Map.of());
    assertThat(builds()).as("after a file went").isEqualTo(3);

    Files.delete(checkout.resolve("wallet-api/target/classpath"));
    run(Map.of());
    assertThat(builds()).as("after a module's output went").isEqualTo(4);
  }

  @Test
  void build_doesNotHappen_forATestAlone() throws IOException, InterruptedException {
    run(Map.of());

    write("order-center/src/test/java/ATest.java", "class ATest { int b; }");
    run(Map.of());

    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void build_generatesStubsAgain_onlyAfterAChangeOfTheContracts()
      throws IOException, InterruptedException {
    run(Map.of());
    write("order-center/src/main/java/A.java", "class A { int b; }");
    run(Map.of());
    write("proto/src/main/proto/a.proto", "message A { int32 b = 1; }");
    run(Map.of());

    assertThat(Files.readAllLines(checkout.resolve("builds")))
        .extracting(line -> line.contains("-Dprotobuf.skip=true"))
        .containsExactly(false, true, false);
  }

  @Test
  void build_thatFails_isToldWithThree_andTriedAgain() throws IOException, InterruptedException {
    Ended first = run(Map.of("FAKE_FAILURE", "yes"));
    run(Map.of());

    assertThat(first.code()).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(first.said()).contains("it does not compile");
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void build_usesTheRepositoryAndArgumentsGiven() throws IOException, InterruptedException {
    run(Map.of("LANTERN_MAVEN_REPO", "/repo", "MAVEN_ARGS", "-o -Dx=y"));

    assertThat(checkout.resolve("builds"))
        .content()
        .contains("-Dmaven.repo.local=/repo", "-o", "-Dx=y");
  }

  @Test
  void oldMaven_isToldWithThree() throws IOException, InterruptedException {
    Ended ended = run(Map.of("FAKE_VERSION", "3.6.3"));

    assertThat(ended.code()).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(ended.said()).contains("3.6.3", "3.8.7");
  }

  private record Ended(int code, String said) {}

  private Ended run(Map<String, String> environment) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(checkout.resolve("lantern").toString(), "--version");
    builder.redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("MAVEN_HOME", checkout.resolve("maven").toString());
    builder.environment().remove("MAVEN_ARGS");
    builder.environment().remove("LANTERN_MAVEN_REPO");
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), said);
  }

  private int builds() throws IOException {
    return Files.readAllLines(checkout.resolve("builds")).size();
  }

  private void write(String name, String text) throws IOException {
    Path file = checkout.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
  }

  private void executable(String name) throws IOException {
    Files.setPosixFilePermissions(
        checkout.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
