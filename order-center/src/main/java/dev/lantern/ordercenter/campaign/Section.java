package dev.lantern.ordercenter.campaign;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// One mapping of a YAML document, read key by key.
///
/// A missing, mistyped or unknown key is noted as a problem and reading goes on with a harmless
/// value, so that one pass finds everything that is wrong; nothing read is used unless
/// [Lines#clean].
final class Section {
  static final Pattern SHORT_ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
  static final Pattern LONG_ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  private static final Pattern POSITIVE = Pattern.compile("[1-9][0-9]{0,17}");

  private final String path;
  private final Lines lines;
  private final Map<String, Node> values = new LinkedHashMap<>();

  private Section(String path, Lines lines) {
    this.path = path;
    this.lines = lines;
  }

  /// The mapping at `path`, all of whose keys must be among `known`.
  static Section of(Node node, String path, Lines lines, Set<String> known) {
    Section section = new Section(path, lines);
    lines.mark(path, lineOf(node));
    if (!(node instanceof MappingNode mapping)) {
      lines.problem(path, "is not a mapping", "write key: value pairs here");
      return section;
    }
    for (NodeTuple entry : mapping.getValue()) {
      section.add(entry, known);
    }
    return section;
  }

  private void add(NodeTuple entry, Set<String> known) {
    String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
    lines.mark(at(key), lineOf(entry.getKeyNode()));
    if (!known.contains(key)) {
      lines.problem(at(key), "unknown key", "use one of " + known.stream().sorted().toList());
    } else if (values.put(key, entry.getValueNode()) != null) {
      lines.problem(at(key), "given twice", "leave one of them out");
    }
  }

  String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  /// A text of 1 to `maxLength` characters without control characters.
  String text(String key, int maxLength) {
    String text = scalar(key).orElse("");
    if (has(key)
        && (text.isBlank()
            || text.length() > maxLength
            || text.codePoints().anyMatch(Character::isISOControl))) {
      problem(
          key,
          "is empty, too long, or has a control character",
          "write 1 to " + maxLength + " plain characters");
    }
    return text;
  }

  String id(String key, Pattern form) {
    String id = scalar(key).orElse("");
    if (has(key) && !form.matcher(id).matches()) {
      problem(key, "is not an id", "write one of the form " + form.pattern());
    }
    return id;
  }

  /// A whole number from `least` to `most`; `least` when it is not one.
  long number(String key, long least, long most) {
    String text = scalar(key).orElse("");
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      // Told below, with the range.
    }
    if (has(key)) {
      problem(
          key, "is not a whole number within its range", "write one from " + least + " to " + most);
    }
    return least;
  }

  boolean flag(String key, boolean whenAbsent) {
    if (!has(key)) {
      return whenAbsent;
    }
    String text = scalar(key).orElse("");
    if (!text.equals("true") && !text.equals("false")) {
      problem(key, "is neither true nor false", "write true or false");
    }
    return text.equals("true");
  }

  Instant instant(String key) {
    String text = scalar(key).orElse("");
    try {
      Instant instant = OffsetDateTime.parse(text).toInstant();
      if (!instant.equals(instant.truncatedTo(ChronoUnit.MICROS))) {
        problem(key, "is finer than a microsecond", "write at most six decimals");
      }
      return instant;
    } catch (DateTimeException notAnInstant) {
      if (has(key)) {
        problem(key, "is not an instant", "write one like 2027-01-01T12:00:00Z");
      }
      return Instant.EPOCH;
    }
  }

  <E> E oneOf(String key, Map<String, E> choices, E otherwise) {
    E chosen = choices.get(scalar(key).orElse(""));
    if (chosen == null && has(key)) {
      problem(
          key,
          "is none of the choices",
          "use one of " + choices.keySet().stream().sorted().toList());
    }
    return chosen == null ? otherwise : chosen;
  }

  Section section(String key, Set<String> known) {
    Node node = values.get(key);
    if (node == null) {
      missing(key);
      return new Section(at(key), lines);
    }
    return of(node, at(key), lines, known);
  }

  Optional<Section> optional(String key, Set<String> known) {
    return has(key) ? Optional.of(section(key, known)) : Optional.empty();
  }

  /// The sections of a list of `least` to `most` entries, each read by `reader`.
  <E> List<E> list(
      String key, int least, int most, Set<String> known, Function<Section, E> reader) {
    List<Node> nodes = nodes(key, least, most);
    return IntStream.range(0, nodes.size())
        .mapToObj(i -> reader.apply(of(nodes.get(i), at(key) + "[" + i + "]", lines, known)))
        .toList();
  }

  /// A list of positive numbers.
  List<Long> numbers(String key, int most) {
    List<Long> numbers = new ArrayList<>();
    for (Node node : nodes(key, 1, most)) {
      if (!(node instanceof ScalarNode scalar) || !POSITIVE.matcher(scalar.getValue()).matches()) {
        lines.mark(at(key), lineOf(node));
        problem(key, "has an entry that is no act_id", "list positive whole numbers");
        break;
      }
      numbers.add(Long.parseLong(scalar.getValue()));
    }
    return numbers;
  }

  void problem(String key, String message, String remedy) {
    lines.problem(at(key), message, remedy);
  }

  /// A problem of this mapping as a whole.
  void problem(String message, String remedy) {
    lines.problem(path, message, remedy);
  }

  private void missing(String key) {
    problem(key, "is missing", "add " + key);
  }

  private List<Node> nodes(String key, int least, int most) {
    Node node = values.get(key);
    if (node == null) {
      if (least > 0) {
        missing(key);
      }
      return List.of();
    }
    if (!(node instanceof SequenceNode sequence)
        || sequence.getValue().size() < least
        || sequence.getValue().size() > most) {
      problem(
          key,
          "is not a list of the right length",
          "write a list of " + least + " to " + most + " entries");
      return List.of();
    }
    return sequence.getValue();
  }

  private Optional<String> scalar(String key) {
    Node node = values.get(key);
    if (node == null) {
      missing(key);
      return Optional.empty();
    }
    if (!(node instanceof ScalarNode scalar)) {
      problem(key, "is not a plain value", "write one value, no list and no mapping");
      return Optional.of("");
    }
    return Optional.of(scalar.getValue());
  }

  private static int lineOf(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}
