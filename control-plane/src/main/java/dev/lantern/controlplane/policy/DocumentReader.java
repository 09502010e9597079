package dev.lantern.controlplane.policy;

import dev.lantern.controlplane.policy.Problem.Code;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;

/// Reads documents: YAML, then each rule by its kind, then what only all of them together show.
public final class DocumentReader {
  /// Each limit is a stream of its own at every gateway.
  private static final int MOST_LIMITS = 30;

  static final int MOST_RULES = 500;

  /// So many are told; whoever has more reads these first.
  static final int MOST_PROBLEMS = 200;

  private static final int MOST_WORDS = 200;

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
    if (written.size() > MOST_RULES || problems.size() >= MOST_PROBLEMS) {
      return onlyBegun(written, problems);
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
    return reading(first, problems);
  }

  /// There is more than is read: what was found so far, and no word about the whole.
  private static Reading onlyBegun(List<RuleReader.Written> written, List<Problem> problems) {
    List<Problem> told =
        new ArrayList<>(problems.subList(0, Math.min(problems.size(), MOST_PROBLEMS)));
    told.add(
        new Problem(
            "",
            0,
            Code.TOO_MANY,
            problems.size() < MOST_PROBLEMS
                ? "more than " + MOST_RULES + " rules"
                : "more than " + MOST_PROBLEMS + " problems; these are the first"));
    var policy = new LinkedHashMap<String, RuleReader.Written>();
    written.forEach(one -> policy.putIfAbsent(one.rule().id(), one));
    return reading(policy, told);
  }

  private static Reading reading(Map<String, RuleReader.Written> byId, List<Problem> problems) {
    var values = new HashMap<String, Map<String, String>>();
    byId.forEach((id, one) -> values.put(id, one.values()));
    var policy = new Policy(byId.values().stream().map(RuleReader.Written::rule).toList());
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
  }

  private static void read(
      Document document, List<RuleReader.Written> rules, List<Problem> problems) {
    var options = new LoaderOptions();
    options.setCodePointLimit(MOST_CHARACTERS);
    options.setMaxAliasesForCollections(0);
    options.setAllowDuplicateKeys(true);
    try {
      Composer nodes = PlainParser.rules(document.yaml(), options);
      while (rules.size() <= MOST_RULES && problems.size() < MOST_PROBLEMS && nodes.checkNode()) {
        Node node = nodes.getNode();
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
      problems.add(new Problem(document.name(), line, Code.SCHEMA, notRead(e.getProblem())));
    } catch (YAMLException e) {
      problems.add(new Problem(document.name(), 0, Code.SCHEMA, notRead(e.getMessage())));
    }
  }

  /// The library repeats names from the document, however long.
  private static String notRead(@Nullable String why) {
    String words = String.valueOf(why);
    return "not YAML: " + (words.length() > MOST_WORDS ? words.substring(0, MOST_WORDS) : words);
  }
}
