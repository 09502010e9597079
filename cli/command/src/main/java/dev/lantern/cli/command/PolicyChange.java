package dev.lantern.cli.command;

import dev.lantern.mesh.v1.PolicyDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which documents are put in their place, and which go.
final class PolicyChange {
  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "Documents, or folders of them; a document is known by its file's name.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--remove",
      paramLabel = "NAME",
      description = "A document that goes; may be given several times.")
  private List<String> removed = new ArrayList<>();

  List<String> removed() {
    return List.copyOf(removed);
  }

  List<PolicyDocument> documents() {
    var documents = new ArrayList<PolicyDocument>();
    for (Path file : Documents.expand(files)) {
      documents.add(
          PolicyDocument.newBuilder()
              .setName(file.getFileName().toString())
              .setYaml(Documents.read(file))
              .build());
    }
    if (documents.isEmpty() && removed.isEmpty()) {
      throw new BadDocument("name a file, or a document to --remove", null);
    }
    return documents;
  }
}
