package dev.lantern.controlplane.policy;

import dev.lantern.controlplane.policy.Problem.Code;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/// Reads one rule: the kind chooses the shape, the shape is read, the values become the rule.
final class RuleReader {
  /// A rule, and its values as they are written, defaults included.
  record Written(Rule rule, Map<String, String> values, Values given) {}

  private final Document document;
  private final List<Problem> problems;

  RuleReader(Document document, List<Problem> problems) {
    this.document = document;
    this.problems = problems;
  }

  /// Empty when anything was reported.
  Optional<Written> read(MappingNode node) {
    int line = ShapeReader.line(node);
    Optional<ScalarNode> named = kind(node);
    if (named.isEmpty()) {
      problems.add(new Problem(document.name(), line, Code.SCHEMA, "kind is missing"));
      return Optional.empty();
    }
    Optional<Kind> kind = Kind.of(named.get().getValue());
    if (kind.isEmpty()) {
      problems.add(
          new Problem(
              document.name(),
              ShapeReader.line(named.get()),
              Code.UNKNOWN_KIND,
              "no kind is called " + ShapeReader.shown(named.get().getValue())));
      return Optional.empty();
    }
    return new ShapeReader(document.name(), problems)
        .read(node, kind.get().shape())
        .map(values -> new Written(rule(kind.get(), values, line), values.flat(), values));
  }

  private static Optional<ScalarNode> kind(MappingNode node) {
    for (NodeTuple tuple : node.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key
          && key.getValue().equals("kind")
          && tuple.getValueNode() instanceof ScalarNode value) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  private Rule rule(Kind kind, Values values, int line) {
    var about =
        new About(
            values.text("id"),
            values.text("owner"),
            values.text("reason"),
            Criticality.of(values.text("criticality")),
            values.findMoment("expires"),
            values.findText("shadow").map(Boolean::parseBoolean).orElse(false),
            new Origin(document.name(), line, document.since()));
    return switch (kind) {
      case ENTRY_STAGE -> EntryRules.stage(about, values);
      case RATE_LIMIT -> EntryRules.limit(about, values);
      case FREQUENCY -> EntryRules.frequency(about, values);
      case RANDOM_DROP -> EntryRules.drop(about, values);
      case DEGRADATION -> RouteRules.degradation(about, values);
      case SWITCH -> SwitchRules.switchRule(about, values);
      case LEVEL -> SwitchRules.level(about, values);
      case RETRY -> RouteRules.retry(about, values);
      case CIRCUIT_BREAKER -> RouteRules.breaker(about, values);
      case ROUTE -> RouteRules.route(about, values);
    };
  }
}
