package dev.lantern.cli.command;

import dev.lantern.cli.stack.StackException;
import dev.lantern.cli.stack.supervise.StackState;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `lantern status`.
@Command(
    name = "status",
    description = "Show the parts of the stack: process, ports, phase, memory, restarts.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  private final Place place;

  @Option(names = "--json", description = "Print the state as JSON.")
  private boolean json;

  StatusCommand(Place place) {
    this.place = place;
  }

  @Override
  public Integer call() {
    Optional<StackState> state = place.stack().state();
    if (state.isEmpty()) {
      throw new StackException("no stack runs at " + place.homePath(), "`lantern up` starts it");
    }
    var out = place.out();
    out.print(json ? StatusView.json(state.get()) : StatusView.table(state.get()));
    out.flush();
    return state.get().allReady() ? ExitCode.OK : ExitCode.FAILED;
  }
}
