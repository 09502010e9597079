package dev.lantern.controlplane.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What is let go first when not all can be served; the last goes first.
public enum Criticality {
  CRITICAL,
  NORMAL,
  SHEDDABLE;

  static List<String> names() {
    return Arrays.stream(values()).map(Criticality::text).toList();
  }

  static Criticality of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  /// As documents write it.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
