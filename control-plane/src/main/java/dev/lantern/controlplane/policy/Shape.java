package dev.lantern.controlplane.policy;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// What a value of a document may be. The kinds are written in shapes once, in [Shapes]; the
/// reader, the published JSON Schema and the reference page are made from them, so they cannot
/// disagree.
///
/// What JSON Schema cannot say (the bounds of a duration, of a rate, of a time) is said in words
/// there and checked by the reader alone, as OUT_OF_RANGE.
sealed interface Shape {
  /// Text that matches as a whole.
  record Text(Pattern pattern, String looksLike) implements Shape {}

  record Whole(long least, long most) implements Shape {}

  record Flag() implements Shape {}

  record Choice(List<String> values) implements Shape {
    public Choice {
      values = List.copyOf(values);
    }
  }

  /// `100ms`, `2s`, `5m`, `1h`.
  record Span(Duration least, Duration most) implements Shape {
    static final Pattern PATTERN = Pattern.compile("[0-9]{1,9}(ms|s|m|h)");
  }

  /// `120000/s`, `10/m`, `1/h`.
  record PerTime() implements Shape {
    static final Pattern PATTERN = Pattern.compile("[1-9][0-9]{0,8}/[smh]");
  }

  /// An instant with its offset: `2027-02-05T20:00:00+08:00`.
  record Moment() implements Shape {
    static final Pattern PATTERN =
        Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})");
  }

  record Many(Shape each, int least, int most) implements Shape {}

  /// A mapping with these keys and no others.
  ///
  /// @param oneOf of these keys exactly one must be there; empty: no such demand
  /// @param atMostOneOf of these keys no two may be there
  record Mapping(List<Field> fields, List<String> oneOf, List<String> atMostOneOf)
      implements Shape {
    public Mapping {
      fields = List.copyOf(fields);
      oneOf = List.copyOf(oneOf);
      atMostOneOf = List.copyOf(atMostOneOf);
    }

    static Mapping of(Field... fields) {
      return new Mapping(List.of(fields), List.of(), List.of());
    }

    Mapping withOneOf(String... keys) {
      return new Mapping(fields, List.of(keys), atMostOneOf);
    }

    Mapping withAtMostOneOf(String... keys) {
      return new Mapping(fields, oneOf, List.of(keys));
    }
  }
}
