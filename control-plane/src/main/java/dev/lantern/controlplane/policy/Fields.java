package dev.lantern.controlplane.policy;

import dev.lantern.controlplane.policy.Problem.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// The keys of one mapping of a document, read one by one; what is left over is unknown.
///
/// A value that cannot be used is reported at its line and replaced by a harmless one, so that one
/// reading finds everything.
final class Fields {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

  private final String document;
  private final String path;
  private final int line;
  private final List<Problem> problems;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Integer> keyLines = new LinkedHashMap<>();
  private final Set<String> read = new HashSet<>();

  Fields(String document, String path, MappingNode node, List<Problem> problems) {
    this.document = document;
    this.path = path;
    this.line = line(node);
    this.problems = problems;
    for (NodeTuple tuple : node.getValue()) {
      String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
      if (values.put(key, tuple.getValueNode()) != null) {
        problem(line(tuple.getKeyNode()), Code.SCHEMA, key + " is given twice");
      }
      keyLines.put(key, line(tuple.getKeyNode()));
    }
  }

  int line() {
    return line;
  }

  int line(String key) {
    return keyLines.getOrDefault(key, line);
  }

  void problem(int at, Code code, String message) {
    problems.add(new Problem(document, at, code, message));
  }

  Optional<String> text(String key) {
    read.add(key);
    Node node = values.get(key);
    if (node == null) {
      return Optional.empty();
    }
    if (node instanceof ScalarNode scalar) {
      return Optional.of(scalar.getValue());
    }
    problem(line(node), Code.SCHEMA, path + key + " must be a single value");
    return Optional.empty();
  }

  /// A value that must be there and match; reported and replaced by `instead` otherwise.
  String text(String key, Pattern pattern, String instead) {
    Optional<String> value = required(key);
    if (value.isPresent() && !pattern.matcher(value.get()).matches()) {
      problem(line(key), Code.SCHEMA, path + key + " must match " + pattern);
      return instead;
    }
    return value.orElse(instead);
  }

  Optional<String> required(String key) {
    if (!values.containsKey(key)) {
      read.add(key);
      problem(line, Code.SCHEMA, path + key + " is missing");
    }
    return text(key);
  }

  long number(String key, long least, long most, long instead) {
    Optional<String> value = text(key);
    if (value.isEmpty()) {
      return instead;
    }
    try {
      long number = Long.parseLong(value.get());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, as a number out of range is.
    }
    problem(line(key), Code.SCHEMA, path + key + " must be a number " + least + " to " + most);
    return instead;
  }

  boolean flag(String key, boolean instead) {
    Optional<String> value = text(key);
    return switch (value.orElse(Boolean.toString(instead))) {
      case "true" -> true;
      case "false" -> false;
      default -> {
        problem(line(key), Code.SCHEMA, path + key + " must be true or false");
        yield instead;
      }
    };
  }

  Duration duration(String key, Duration instead) {
    Optional<String> value = text(key);
    if (value.isEmpty()) {
      return instead;
    }
    var match = DURATION.matcher(value.get());
    if (!match.matches()) {
      problem(line(key), Code.SCHEMA, path + key + " must be like 100ms, 2s, 5m or 1h");
      return instead;
    }
    long amount = Long.parseLong(match.group(1));
    return switch (match.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }

  List<String> texts(String key) {
    read.add(key);
    Node node = values.get(key);
    if (!(node instanceof SequenceNode sequence)) {
      problem(line(key), Code.SCHEMA, path + key + " must be a list");
      return List.of();
    }
    var texts = new ArrayList<String>();
    for (Node item : sequence.getValue()) {
      if (item instanceof ScalarNode scalar) {
        texts.add(scalar.getValue());
      } else {
        problem(line(item), Code.SCHEMA, path + key + " must be a list of single values");
      }
    }
    return texts;
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  Optional<Fields> map(String key) {
    read.add(key);
    Node node = values.get(key);
    if (node == null) {
      return Optional.empty();
    }
    if (node instanceof MappingNode mapping) {
      return Optional.of(new Fields(document, path + key + ".", mapping, problems));
    }
    problem(line(node), Code.SCHEMA, path + key + " must be a mapping");
    return Optional.empty();
  }

  Optional<Fields> requiredMap(String key) {
    if (!values.containsKey(key)) {
      problem(line, Code.SCHEMA, path + key + " is missing");
    }
    return map(key);
  }

  /// Reports what nobody asked for.
  void end() {
    keyLines.forEach((key, at) -> {
      if (!read.contains(key)) {
        problem(at, Code.UNKNOWN_FIELD, "unknown key " + path + key);
      }
    });
  }

  static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}
