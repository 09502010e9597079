package dev.lantern.cli.command;

import dev.lantern.cli.stack.StackException;
import io.grpc.StatusRuntimeException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/// `lantern`.
@Command(
    name = "lantern",
    description = "The open platform for the minute when a whole country taps at once.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      LogsCommand.class,
      DoctorCommand.class,
      RainCommand.class,
      ReconcileCommand.class,
      ReissueCommand.class,
      ChaosCommand.class,
      SimCommand.class,
      BenchCommand.class,
      CorpusCommand.class,
      CampaignCommand.class,
      BudgetCommand.class,
      ParkedCommand.class,
      CounterCommand.class,
      StressCommand.class,
      TokensCommand.class,
      WarmCommand.class,
      PolicyCommand.class,
      SwitchCommand.class,
      LevelCommand.class,
      LimiterCommand.class,
      TestCommand.class,
      CompletionCommand.class
    })
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(run(Place.ofProcess(), args));
  }

  /// Runs one command line; returns its exit code.
  static int run(Place place, String... args) {
    CommandLine line = commandLine(place);
    line.setOut(place.out());
    line.setErr(place.err());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setColorScheme(CommandLine.Help.defaultColorScheme(place.colour() ? Ansi.ON : Ansi.OFF));
    line.setExecutionExceptionHandler((error, command, _) -> failed(error, command));
    return args.length == 0 ? usage(line) : line.execute(args);
  }

  static CommandLine commandLine(Place place) {
    return new CommandLine(new Main(), new Wiring(place));
  }

  private static int usage(CommandLine line) {
    line.usage(line.getErr());
    return ExitCode.BAD_USE;
  }

  private static int failed(Exception error, CommandLine command) throws Exception {
    if (error instanceof StackException trouble) {
      command.getErr().println("lantern: " + trouble.getMessage());
      if (!trouble.remedy().isEmpty()) {
        command.getErr().println("         " + trouble.remedy().replace("\n", "\n         "));
      }
      return ExitCode.ENVIRONMENT;
    }
    if (error instanceof StatusRuntimeException refused) {
      var refusal = new Refusal(refused);
      command.getErr().println("lantern: " + refusal.text());
      return refusal.exitCode();
    }
    if (error instanceof BadDocument bad) {
      command.getErr().println("lantern: " + bad.getMessage());
      return ExitCode.BAD_USE;
    }
    if (error instanceof IllegalStateException impossible) {
      command.getErr().println("lantern: " + impossible.getMessage());
      command.getErr().println("         `lantern status` and `lantern logs` tell more");
      return ExitCode.ENVIRONMENT;
    }
    throw error;
  }
}
