package dev.lantern.cli.command;

import com.google.gson.JsonObject;
import dev.lantern.cli.stack.Stack;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `lantern down`.
@Command(
    name = "down",
    description = "Stop everything `lantern up` started, and wait for it. Data stays.",
    mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {
  private final Place place;

  @Option(names = "--wipe", description = "Then remove data, logs, passwords and certificates.")
  private boolean wipe;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  DownCommand(Place place) {
    this.place = place;
  }

  @Override
  public Integer call() {
    Stack stack = place.stack();
    boolean ran = stack.state().isPresent();
    stack.down();
    if (wipe) {
      stack.wipe();
    }
    var out = place.out();
    if (json) {
      var result = new JsonObject();
      result.addProperty("ran", ran);
      result.addProperty("wiped", wipe);
      out.println(result);
    } else {
      out.println(
          (ran ? "The stack is down." : "Nothing was running.")
              + (wipe ? " Its data is gone." : ""));
    }
    return ExitCode.OK;
  }
}
