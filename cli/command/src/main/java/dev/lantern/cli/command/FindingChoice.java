package dev.lantern.cli.command;

import dev.lantern.order.v1.FindingClass;
import dev.lantern.order.v1.FindingFilter;
import dev.lantern.order.v1.FindingState;
import picocli.CommandLine.Option;

/// Which findings a command is about.
final class FindingChoice {
  @Option(
      names = "--class",
      paramLabel = "CLASS",
      defaultValue = "",
      description = "One class, such as MISSING_ORDER.")
  private String what = "";

  @Option(
      names = "--state",
      paramLabel = "STATE",
      defaultValue = "",
      description = "open, resolved or cleared.")
  private String state = "";

  @Option(
      names = "--activity",
      paramLabel = "ID",
      defaultValue = "",
      description = "Of this parent or child activity.")
  private String activity = "";

  @Option(
      names = "--manifest",
      paramLabel = "ID",
      defaultValue = "0",
      description = "Found by this manifest.")
  private long manifest;

  FindingFilter filter() {
    try {
      return FindingFilter.newBuilder()
          .setFindingClass(
              FindingClass.valueOf(
                  "FINDING_CLASS_" + (what.isEmpty() ? "UNSPECIFIED" : Findings.upper(what))))
          .setState(
              FindingState.valueOf(
                  "FINDING_STATE_" + (state.isEmpty() ? "UNSPECIFIED" : Findings.upper(state))))
          .setActivityId(activity)
          .setManifestId(manifest)
          .build();
    } catch (IllegalArgumentException e) {
      throw new BadDocument("no such class or state of findings", e);
    }
  }
}
