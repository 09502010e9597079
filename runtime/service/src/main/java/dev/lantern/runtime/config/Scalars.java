package dev.lantern.runtime.config;

import dev.lantern.stores.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Text to values. What cannot be read throws [IllegalArgumentException] saying what was expected,
/// never the text of a secret.
final class Scalars {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");

  private Scalars() {}

  static boolean knows(Class<?> type) {
    return type == String.class
        || type == int.class
        || type == Integer.class
        || type == long.class
        || type == Long.class
        || type == double.class
        || type == Double.class
        || type == boolean.class
        || type == Boolean.class
        || type == Duration.class
        || type == Path.class
        || type == Secret.class
        || type.isEnum();
  }

  static Object parse(Class<?> type, String text) {
    if (type == Secret.class) {
      return new Secret(text);
    }
    if (type == String.class) {
      return text;
    }
    if (type == Path.class) {
      return Path.of(text);
    }
    if (type == Duration.class) {
      return duration(text);
    }
    if (type.isEnum()) {
      return constant(type, text);
    }
    if (type == boolean.class || type == Boolean.class) {
      return bool(text);
    }
    return number(type, text);
  }

  private static Object number(Class<?> type, String text) {
    String digits = text.replace("_", "");
    try {
      if (type == int.class || type == Integer.class) {
        return Integer.valueOf(digits);
      }
      if (type == long.class || type == Long.class) {
        return Long.valueOf(digits);
      }
      return Double.valueOf(digits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("expected a number, not " + text, e);
    }
  }

  private static Object bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "on", "yes" -> true;
      case "false", "off", "no" -> false;
      default -> throw new IllegalArgumentException("expected true or false, not " + text);
    };
  }

  private static Object constant(Class<?> type, String text) {
    String name = text.toUpperCase(Locale.ROOT).replace('-', '_');
    Object[] constants = type.getEnumConstants();
    for (Object constant : constants) {
      if (((Enum<?>) constant).name().equals(name)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "expected one of " + Arrays.toString(constants) + ", not " + text);
  }

  private static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "expected a duration like 500ms, 10s, 2m, 12h, not " + text);
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
