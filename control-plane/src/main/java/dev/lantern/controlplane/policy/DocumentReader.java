package dev.lantern.controlplane.policy;

import dev.lantern.controlplane.policy.Problem.Code;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;

/// Reads documents: YAML, then each rule by its kind, then what only all of them together show.
public final class DocumentReader {
  /// Each limit is a stream of its own at every gateway.
  private static final int MOST_LIMITS = 30;

  /// Of all documents together: every revision is kept, and read, whole.
  public static final int MOST_BYTES = 1_048_576;

  private static final int MOST_CHARACTERS = 262_144;

  private final Known known;

  public DocumentReader(Known known) {
    this.known = known;
  }

  public Reading read(List<Document> documents) {
    var problems = new ArrayList<Problem>();
    var rules = new ArrayList<Rule>();
    for (Document document : documents) {
      read(document, rules, problems);
    }
    Together.check(rules, problems);
    long bytes =
        documents.stream()
            .mapToLong(one -> one.yaml().getBytes(StandardCharsets.UTF_8).length)
            .sum();
    if (bytes > MOST_BYTES) {
      problems.add(
          new Problem(
              "",
              0,
              Code.TOO_LARGE,
              "the whole policy is " + bytes + " bytes; at most " + MOST_BYTES));
    }
    long limits = rules.stream().filter(Rule.RateLimit.class::isInstance).count();
    if (limits > MOST_LIMITS) {
      problems.add(new Problem("", 0, Code.TOO_MANY, limits + " limits; at most " + MOST_LIMITS));
    }
    return new Reading(new Policy(rules), problems);
  }

  private void read(Document document, List<Rule> rules, List<Problem> problems) {
    var options = new LoaderOptions();
    options.setCodePointLimit(MOST_CHARACTERS);
    options.setMaxAliasesForCollections(0);
    options.setAllowDuplicateKeys(true);
    try {
      for (Node node : new Yaml(options).composeAll(new StringReader(document.yaml()))) {
        if (node instanceof MappingNode mapping) {
          new RuleReader(document, known, problems).read(mapping).ifPresent(rules::add);
        } else if (!node.getTag().equals(Tag.NULL)) {
          problems.add(
              new Problem(
                  document.name(), Fields.line(node), Code.SCHEMA, "a rule must be a mapping"));
        }
      }
    } catch (MarkedYAMLException e) {
      var mark = e.getProblemMark();
      int line = mark == null ? 0 : mark.getLine() + 1;
      problems.add(
          new Problem(
              document.name(), line, Code.SCHEMA, "not YAML: " + String.valueOf(e.getProblem())));
    } catch (YAMLException e) {
      problems.add(
          new Problem(
              document.name(), 0, Code.SCHEMA, "not YAML: " + String.valueOf(e.getMessage())));
    }
  }
}
