package dev.lantern.controlplane.policy;

import dev.lantern.controlplane.policy.Problem.Code;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  private static final int MOST_RULES = 500;

  /// Of all documents together: every revision is kept, and read, whole.
  public static final int MOST_BYTES = 1_048_576;

  private static final int MOST_CHARACTERS = 262_144;

  private final Known known;

  public DocumentReader(Known known) {
    this.known = known;
  }

  public Reading read(List<Document> documents) {
    var problems = new ArrayList<Problem>();
    var written = new ArrayList<RuleReader.Written>();
    for (Document document : documents) {
      read(document, written, problems);
    }
    var first = new LinkedHashMap<String, RuleReader.Written>();
    for (RuleReader.Written one : written) {
      References.check(one, known, problems);
      Rule earlier = first.computeIfAbsent(one.rule().id(), _ -> one).rule();
      if (earlier != one.rule()) {
        problems.add(Problem.at(one.rule(), Code.DUPLICATE_ID, alsoIn(earlier)));
      }
    }
    var policy = new Policy(first.values().stream().map(RuleReader.Written::rule).toList());
    Together.check(policy, problems);
    Lint.check(policy, known, problems);
    tooMuch(documents, policy, problems);
    var values = new HashMap<String, Map<String, String>>();
    first.forEach((id, one) -> values.put(id, one.values()));
    return new Reading(policy, problems, values);
  }

  private static String alsoIn(Rule earlier) {
    Origin at = earlier.origin();
    return earlier.id() + " is also in " + at.document() + " line " + at.line();
  }

  private static void tooMuch(List<Document> documents, Policy policy, List<Problem> problems) {
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
    int limits = policy.ofKind(Rule.RateLimit.class).size();
    if (limits > MOST_LIMITS) {
      problems.add(new Problem("", 0, Code.TOO_MANY, limits + " limits; at most " + MOST_LIMITS));
    }
    int rules = policy.rules().size();
    if (rules > MOST_RULES) {
      problems.add(new Problem("", 0, Code.TOO_MANY, rules + " rules; at most " + MOST_RULES));
    }
  }

  private static void read(
      Document document, List<RuleReader.Written> rules, List<Problem> problems) {
    var options = new LoaderOptions();
    options.setCodePointLimit(MOST_CHARACTERS);
    options.setMaxAliasesForCollections(0);
    options.setAllowDuplicateKeys(true);
    try {
      for (Node node : new Yaml(options).composeAll(new StringReader(document.yaml()))) {
        if (node instanceof MappingNode mapping) {
          new RuleReader(document, problems).read(mapping).ifPresent(rules::add);
        } else if (!node.getTag().equals(Tag.NULL)) {
          problems.add(
              new Problem(
                  document.name(),
                  ShapeReader.line(node),
                  Code.SCHEMA,
                  "a rule must be a mapping"));
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
