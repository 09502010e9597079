package dev.lantern.controlplane.policy;

import dev.lantern.controlplane.policy.Problem.Code;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Reads a node of a document as a [Shape]. Every mistake is reported at its line and reading goes
/// on, so that one reading finds everything.
final class ShapeReader {
  private static final int MOST_SHOWN = 64;

  private final String document;
  private final List<Problem> problems;

  ShapeReader(String document, List<Problem> problems) {
    this.document = document;
    this.problems = problems;
  }

  static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  /// The mapping; empty when anything in it was reported.
  Optional<Values> read(MappingNode node, Shape.Mapping shape) {
    int before = problems.size();
    Given.Keyed keyed = mapping(node, shape, "");
    return problems.size() == before ? Optional.of(new Values(keyed)) : Optional.empty();
  }

  /// A name that nobody bounded, as a message says it.
  static String shown(String name) {
    return name.length() > MOST_SHOWN ? name.substring(0, MOST_SHOWN) + "…" : name;
  }

  private Given value(Node node, Shape shape, String path) {
    return switch (shape) {
      case Shape.Text text -> text(node, text.pattern(), "like " + text.looksLike(), path);
      case Shape.PerTime _ -> text(node, Shape.PerTime.PATTERN, "like 120000/s, 10/m or 1/h", path);
      case Shape.Choice choice -> choice(node, choice, path);
      case Shape.Whole whole -> whole(node, whole, path);
      case Shape.Flag _ -> scalar(node, Scalar.FLAG, "true or false", path);
      case Shape.Span span -> span(node, span, path);
      case Shape.Moment _ -> moment(node, path);
      case Shape.Many many -> several(node, many, path);
      case Shape.Mapping mapping -> {
        if (node instanceof MappingNode keyed) {
          yield mapping(keyed, mapping, path + ".");
        }
        yield wrong(node, path + " must be a mapping");
      }
    };
  }

  private Given wrong(Node node, String message) {
    problem(line(node), Code.SCHEMA, message);
    return new Given.One("", line(node));
  }

  private void problem(int at, Code code, String message) {
    problems.add(new Problem(document, at, code, message));
  }

  private Given.One scalar(Node node, Scalar type, String must, String path) {
    if (node instanceof ScalarNode scalar && Scalar.of(scalar) == type) {
      return new Given.One(scalar.getValue(), line(node));
    }
    problem(line(node), Code.SCHEMA, path + " must be " + must);
    return new Given.One("", line(node));
  }

  private Given text(Node node, Pattern pattern, String must, String path) {
    int before = problems.size();
    Given.One one = scalar(node, Scalar.TEXT, must, path);
    if (problems.size() == before && !pattern.matcher(one.text()).matches()) {
      return wrong(node, path + " must be " + must);
    }
    return one;
  }

  private Given choice(Node node, Shape.Choice choice, String path) {
    String must = "one of " + String.join(", ", choice.values());
    int before = problems.size();
    Given.One one = scalar(node, Scalar.TEXT, must, path);
    if (problems.size() == before && !choice.values().contains(one.text())) {
      return wrong(node, path + " must be " + must);
    }
    return one;
  }

  private Given whole(Node node, Shape.Whole shape, String path) {
    String must = "a whole number from " + shape.least() + " to " + shape.most();
    int before = problems.size();
    Given.One one = scalar(node, Scalar.WHOLE, must, path);
    if (problems.size() > before) {
      return one;
    }
    try {
      long number = Long.parseLong(one.text());
      if (number >= shape.least() && number <= shape.most()) {
        return new Given.One(Long.toString(number), one.line());
      }
    } catch (NumberFormatException e) {
      // Octal, hexadecimal, or too long: reported below, as a number out of range is.
    }
    return wrong(node, path + " must be " + must);
  }

  private Given span(Node node, Shape.Span shape, String path) {
    int before = problems.size();
    Given given = text(node, Shape.Span.PATTERN, "like 100ms, 2s, 5m or 1h", path);
    if (problems.size() == before && given instanceof Given.One one) {
      Duration value = Spans.parse(one.text());
      if (value.compareTo(shape.least()) < 0 || value.compareTo(shape.most()) > 0) {
        problem(
            line(node),
            Code.OUT_OF_RANGE,
            path
                + " must be from "
                + Spans.text(shape.least())
                + " to "
                + Spans.text(shape.most()));
      }
    }
    return given;
  }

  private Given moment(Node node, String path) {
    int before = problems.size();
    Given given = text(node, Shape.Moment.PATTERN, "like 2027-02-05T20:00:00+08:00", path);
    if (problems.size() == before && given instanceof Given.One one) {
      try {
        var _ = OffsetDateTime.parse(one.text());
      } catch (DateTimeException e) {
        problem(line(node), Code.OUT_OF_RANGE, path + " is no time: " + one.text());
      }
    }
    return given;
  }

  private Given several(Node node, Shape.Many shape, String path) {
    if (!(node instanceof SequenceNode sequence)) {
      return wrong(node, path + " must be a list");
    }
    int size = sequence.getValue().size();
    if (size < shape.least() || size > shape.most()) {
      return wrong(node, path + " must have " + shape.least() + " to " + shape.most() + " entries");
    }
    var all = new ArrayList<Given>();
    for (int i = 0; i < size; i++) {
      all.add(value(sequence.getValue().get(i), shape.each(), path + "[" + i + "]"));
    }
    return new Given.Several(all, line(node));
  }

  private Given.Keyed mapping(MappingNode node, Shape.Mapping shape, String path) {
    var values = new LinkedHashMap<String, Given>();
    var fields = new LinkedHashMap<String, Field>();
    shape.fields().forEach(field -> fields.put(field.name(), field));
    for (NodeTuple tuple : node.getValue()) {
      if (problems.size() >= DocumentReader.MOST_PROBLEMS) {
        break;
      }
      int at = line(tuple.getKeyNode());
      String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
      Field field = fields.get(key);
      if (field == null) {
        problem(at, Code.UNKNOWN_FIELD, "unknown key " + path + shown(key));
      } else if (values.put(key, value(tuple.getValueNode(), field.shape(), path + key)) != null) {
        problem(at, Code.SCHEMA, path + key + " is given twice");
      }
    }
    missing(shape, path, values, line(node));
    for (Field field : shape.fields()) {
      field
          .unlessGiven()
          .ifPresent(text -> values.putIfAbsent(field.name(), new Given.One(text, line(node))));
    }
    return new Given.Keyed(values, line(node));
  }

  private void missing(Shape.Mapping shape, String path, Map<String, Given> values, int at) {
    for (Field field : shape.fields()) {
      if (field.required() && !values.containsKey(field.name())) {
        problem(at, Code.SCHEMA, path + field.name() + " is missing");
      }
    }
    long some = shape.oneOf().stream().filter(values::containsKey).count();
    if (!shape.oneOf().isEmpty() && some != 1) {
      problem(at, Code.SCHEMA, path + "exactly one of " + String.join(", ", shape.oneOf()));
    }
    if (shape.atMostOneOf().stream().filter(values::containsKey).count() > 1) {
      problem(at, Code.SCHEMA, path + "at most one of " + String.join(", ", shape.atMostOneOf()));
    }
  }
}
