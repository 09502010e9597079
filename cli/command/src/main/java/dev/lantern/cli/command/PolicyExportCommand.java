package dev.lantern.cli.command;

import dev.lantern.cli.stack.StackException;
import dev.lantern.mesh.v1.GetPolicyRequest;
import dev.lantern.mesh.v1.GetPolicyResponse;
import dev.lantern.mesh.v1.PolicyDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `lantern policy export`.
@Command(
    name = "export",
    description = {
      "Write the documents of the newest revision, or of one named, into a folder: what was edited",
      "live goes back under version control. Other files there stay as they are."
    },
    mixinStandardHelpOptions = true)
final class PolicyExportCommand implements Callable<Integer> {
  private final Place place;

  @Parameters(paramLabel = "FOLDER")
  private Path folder = Path.of("");

  @Option(names = "--revision", defaultValue = "0", paramLabel = "N")
  private long revision;

  @Option(names = "--json")
  private boolean json;

  PolicyExportCommand(Place place) {
    this.place = place;
  }

  @Override
  public Integer call() {
    try (var operator = OperatorChannel.toControlPlane(place)) {
      GetPolicyResponse policy =
          PolicyCommand.reads(operator)
              .getPolicy(GetPolicyRequest.newBuilder().setRevision(revision).build());
      Files.createDirectories(folder);
      for (PolicyDocument document : policy.getDocumentsList()) {
        // The contract's names are plain: no path can be spelled with them.
        Files.writeString(folder.resolve(document.getName()), document.getYaml());
      }
      place
          .out()
          .println(
              json
                  ? Printed.json(policy)
                  : "Revision %d: %d documents in %s."
                      .formatted(
                          policy.getRevision().getRevision(), policy.getDocumentsCount(), folder));
      return ExitCode.OK;
    } catch (IOException e) {
      throw new StackException(folder + " cannot be written: " + e.getMessage(), "", e);
    }
  }
}
