package dev.lantern.cli.command;

import dev.lantern.cli.stack.StackException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `lantern test`: the project's own tests by Maven, with all its checks (style, dependencies,
/// warnings as errors). What Maven and Surefire say is passed through as it comes.
@Command(
    name = "test",
    description = "Run the tests: all rings, or those named (unit, engine, mesh, e2e).",
    mixinStandardHelpOptions = true)
final class TestCommand implements Callable<Integer> {
  private final Place place;

  @Parameters(arity = "0..*", paramLabel = "ring", description = "unit, engine, mesh, e2e")
  private List<Ring> rings = new ArrayList<>();

  @Option(names = "--json", description = "Print the counts as JSON on standard output.")
  private boolean json;

  TestCommand(Place place) {
    this.place = place;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var wanted = EnumSet.noneOf(Ring.class);
    wanted.addAll(rings);
    PrintWriter log = json ? place.err() : place.out();
    var counts = new TestCounts();
    Process maven = start(wanted);
    try (var said =
        new BufferedReader(new InputStreamReader(maven.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        counts.see(line);
        log.println(line);
        log.flush();
      }
    }
    int code = maven.waitFor();
    // A run in which nothing ran has shown nothing.
    boolean passed = code == 0 && counts.ran() > 0 && counts.failed() == 0;
    if (json) {
      place.out().println(counts.json(passed));
    } else {
      log.println();
      log.println(counts.line());
      log.println(passed ? "All tests passed." : "TESTS FAILED (Maven's exit code: " + code + ")");
    }
    return passed ? ExitCode.OK : ExitCode.FAILED;
  }

  private Process start(EnumSet<Ring> wanted) {
    var command = new ArrayList<String>();
    String home = place.environment().getOrDefault("MAVEN_HOME", "");
    command.add(home.isEmpty() ? "mvn" : home + "/bin/mvn");
    command.addAll(List.of("-B", "-ntp", "--fail-at-end"));
    String repository = place.environment().getOrDefault("LANTERN_MAVEN_REPO", "");
    if (!repository.isEmpty()) {
      command.add("-Dmaven.repo.local=" + repository);
    }
    // The script has just built everything; stubs generated again would compile everything again.
    command.add("-Dprotobuf.skip=true");
    command.addAll(Ring.selection(wanted));
    String more = place.environment().getOrDefault("MAVEN_ARGS", "");
    if (!more.isBlank()) {
      command.addAll(List.of(more.strip().split("\\s+", -1)));
    }
    command.add("package");
    try {
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.directory(place.checkout().toFile());
      builder.environment().remove("MAVEN_ARGS");
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      return builder.start();
    } catch (IOException e) {
      throw new StackException("Maven cannot be run: " + e.getMessage(), "`lantern doctor`", e);
    }
  }
}
