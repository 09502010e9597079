package dev.lantern.cli.command;

import dev.lantern.cli.stack.Stack;
import dev.lantern.cli.stack.plan.Parts;
import dev.lantern.cli.stack.plan.Scale;
import dev.lantern.cli.stack.supervise.StackState;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `lantern up`.
@Command(
    name = "up",
    description = "Start the embedded stack (whatever of it does not run) and print its addresses.",
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
  private final Place place;

  @Option(
      names = "--api",
      paramLabel = "N",
      defaultValue = "1",
      description = "Processes of order-center that accept (1 to 4; default ${DEFAULT-VALUE}).")
  private int api;

  @Option(
      names = "--settle",
      paramLabel = "M",
      defaultValue = "1",
      description = "Processes of order-center that book (1 to 6; default ${DEFAULT-VALUE}).")
  private int settle;

  @Option(names = "--wipe", description = "Begin with nothing: stop the stack, remove its data.")
  private boolean wipe;

  @Option(names = "--engines", description = "MariaDB, Redis and Kafka alone.")
  private boolean enginesAlone;

  @Option(names = "--json", description = "Print the state as JSON.")
  private boolean json;

  UpCommand(Place place) {
    this.place = place;
  }

  @Override
  public Integer call() {
    var scale = new Scale(api, settle);
    Stack stack = place.stack();
    if (wipe) {
      stack.down();
      stack.wipe();
      stack = place.stack();
    }
    var progress = new UpProgress(place);
    String plan = enginesAlone ? Parts.ENGINES : Parts.ALL;
    StackState state = stack.up(plan, place.basePort(), scale, progress::show);
    progress.done();
    var out = place.out();
    out.print(json ? StatusView.json(state) : Addresses.of(state, stack.home()));
    out.flush();
    return ExitCode.OK;
  }
}
