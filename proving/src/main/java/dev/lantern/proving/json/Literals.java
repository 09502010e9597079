package dev.lantern.proving.json;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.ArrayList;
import java.util.List;

/// How a field of a request may be written, well and badly: in JSON, and as text in a query or a
/// path.
final class Literals {
  private static final List<String> STRINGS =
      List.of(
          "\"a\"",
          "\"\"",
          "\"\u00fc \u7ea2\u5305\"",
          "\"\\u7ea2\\u5305 \\ud83e\\udde7\"",
          "\"a\\\"b\\\\c\\/d\\n\\t\"",
          "\"<&>\"",
          "\"\\u0000\"",
          "\"\\ud83e\"",
          "\"\\x\"",
          "\"line\nbreak\"",
          "'a'",
          "1",
          "true");
  private static final List<String> INTS =
      List.of(
          "0", "1", "-1", "-0", "\"1\"", "\"-1\"", "\"\"", "\" 1\"", "\"1.0\"", "1.0", "1e2", "1E2",
          "1.5", "01", "+1", "true", "\"one\"");
  private static final List<String> INTS_32 =
      List.of("2147483647", "2147483648", "-2147483648", "-2147483649", "\"2147483648\"", "1e10");
  private static final List<String> INTS_64 =
      List.of(
          "9007199254740993",
          "\"9223372036854775807\"",
          "9223372036854775807",
          "\"9223372036854775808\"",
          "\"-9223372036854775808\"",
          "1e20");
  private static final List<String> BYTES =
      List.of(
          "\"aGk=\"",
          "\"aGk\"",
          "\"+/8=\"",
          "\"-_8=\"",
          "\"-_8\"",
          "\"\"",
          "\"a\"",
          "\"***\"",
          "\"aG k=\"",
          "1");
  private static final List<String> ANY = List.of("null", "{}", "[]", "[1]", "{\"a\":1}");

  private static final List<String> TEXTS =
      List.of(
          "a",
          "",
          "A-b_c.d~",
          "a%20b",
          "a+b",
          "%2B",
          "%E7%BA%A2",
          "%25",
          "a%26b",
          "a=b",
          "a;b",
          "a,b",
          "a@b",
          "a!b",
          "a%3Ab",
          "a%3Fb",
          "a%23b",
          "%ff",
          "%zz",
          "%",
          "a%00b",
          "%0A",
          "%22",
          "%5B%5D",
          "a%2Fb",
          "a%2fb");
  private static final List<String> NUMBER_TEXTS =
      List.of(
          "0",
          "1",
          "-1",
          "-0",
          "%2B1",
          "01",
          "0x1",
          "1.0",
          "1e2",
          "1.5",
          "1_000",
          "%201",
          "1%20",
          "%091",
          "",
          "one",
          "true",
          "null",
          "%EF%BC%91",
          "2147483647",
          "2147483648",
          "-2147483648",
          "-2147483649",
          "9223372036854775807",
          "9223372036854775808",
          "99999999999999999999");

  private Literals() {}

  /// A singular value in JSON; of a message, what it is when it is none.
  static List<String> json(FieldDescriptor field) {
    var all = new ArrayList<String>();
    switch (field.getJavaType()) {
      case STRING -> all.addAll(STRINGS);
      case INT -> {
        all.addAll(INTS);
        all.addAll(INTS_32);
      }
      case LONG -> {
        all.addAll(INTS);
        all.addAll(INTS_32);
        all.addAll(INTS_64);
      }
      case BYTE_STRING -> all.addAll(BYTES);
      case MESSAGE -> all.addAll(List.of("\"a\"", "1"));
      case BOOLEAN -> all.addAll(List.of("true", "false", "\"true\"", "1", "\"\""));
      case ENUM -> all.addAll(List.of("0", "1", "99", "\"nope\"", "\"\"", "1.5"));
      case FLOAT, DOUBLE -> all.addAll(List.of("0", "1.5", "\"1.5\"", "\"NaN\"", "1e400"));
    }
    all.addAll(ANY);
    return List.copyOf(all);
  }

  /// Written in a query or a path.
  static List<String> text(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case STRING, BYTE_STRING -> TEXTS;
      case INT, LONG -> NUMBER_TEXTS;
      case BOOLEAN -> List.of("true", "false", "TRUE", "1", "t", "");
      case FLOAT, DOUBLE -> List.of("1.5", "NaN", "1e400", "");
      case ENUM -> List.of("0", "1", "99", "nope", "");
      case MESSAGE -> List.of("a", "");
    };
  }
}
