package dev.lantern.controlplane.policy;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.ScalarNode;

/// What type a single value has by YAML 1.2's core schema, which editors go by: `on` and a date are
/// text, `0` is a number, `"0"` is text. (The YAML library goes by 1.1, where `on` is true.)
enum Scalar {
  NOTHING,
  FLAG,
  WHOLE,
  FRACTION,
  TEXT;

  private static final Pattern NOTHINGS = Pattern.compile("null|Null|NULL|~|");
  private static final Pattern FLAGS = Pattern.compile("true|True|TRUE|false|False|FALSE");
  private static final Pattern WHOLES = Pattern.compile("[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+");
  private static final Pattern FRACTIONS =
      Pattern.compile(
          "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?"
              + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

  static Scalar of(ScalarNode node) {
    String value = node.getValue();
    if (node.getScalarStyle() != ScalarStyle.PLAIN) {
      return TEXT;
    }
    if (NOTHINGS.matcher(value).matches()) {
      return NOTHING;
    }
    if (FLAGS.matcher(value).matches()) {
      return FLAG;
    }
    if (WHOLES.matcher(value).matches()) {
      return WHOLE;
    }
    return FRACTIONS.matcher(value).matches() ? FRACTION : TEXT;
  }
}
