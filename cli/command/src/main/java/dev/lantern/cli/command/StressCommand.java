package dev.lantern.cli.command;

import picocli.CommandLine.Command;

/// `lantern stress`: trials in the stress lane.
@Command(
    name = "stress",
    description = {
      "Trials in the stress lane: the same code, over tables, topics and keys of its own.",
      "`run` opens the lane and loads it through the edge; `clean` closes it and deletes all it left."
    },
    subcommands = {StressRunCommand.class, StressCleanCommand.class},
    mixinStandardHelpOptions = true)
final class StressCommand {}
