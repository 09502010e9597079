package dev.lantern.cli.command;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/// `lantern completion`.
@Command(
    name = "completion",
    description = {
      "Print a script that completes commands, options and fixed values in bash and zsh.",
      "For this shell: source <(./lantern completion). For all: add that line, with the checkout's"
          + " path, to ~/.bashrc or ~/.zshrc."
    },
    mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {
  private final Place place;

  CompletionCommand(Place place) {
    this.place = place;
  }

  @Override
  public Integer call() {
    place.out().print(AutoComplete.bash("lantern", Main.commandLine(place)));
    place.out().flush();
    return ExitCode.OK;
  }
}
