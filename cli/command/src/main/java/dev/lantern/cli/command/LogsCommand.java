package dev.lantern.cli.command;

import dev.lantern.cli.stack.StackException;
import dev.lantern.cli.stack.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `lantern logs`.
@Command(
    name = "logs",
    description = "Show the end of a part's log, or of all.",
    mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {
  private final Place place;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PART",
      description = "As `lantern status` names it; all if left out.")
  private @Nullable String part;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with what is added, until interrupted.")
  private boolean follow;

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "N",
      defaultValue = "40",
      description = "How many lines of each log to begin with (default ${DEFAULT-VALUE}).")
  private int lines;

  @Option(names = "--json", description = "Print the logs' files and sizes as JSON.")
  private boolean json;

  LogsCommand(Place place) {
    this.place = place;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Path> files = files(new Home(place.homePath()));
    var out = place.out();
    if (json) {
      out.println(LogFollower.json(files));
      return ExitCode.OK;
    }
    var follower = new LogFollower(files, out, files.size() > 1);
    follower.tail(lines);
    while (follow) {
      follower.more();
      Thread.sleep(200);
    }
    return ExitCode.OK;
  }

  private List<Path> files(Home home) throws IOException {
    if (!Files.isDirectory(home.logs())) {
      throw new StackException("there are no logs at " + home.root(), "`lantern up` makes some");
    }
    var files = new ArrayList<Path>();
    try (var found = Files.newDirectoryStream(home.logs(), "*.log")) {
      found.forEach(files::add);
    }
    files.sort(null);
    if (part == null) {
      return files;
    }
    Path wanted = home.logs().resolve(part + ".log");
    if (!files.contains(wanted)) {
      String names = String.join(", ", files.stream().map(LogFollower::name).toList());
      throw new StackException("there is no log of " + part, "there are " + names);
    }
    return List.of(wanted);
  }
}
