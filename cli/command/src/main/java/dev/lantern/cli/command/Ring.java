package dev.lantern.cli.command;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// The rings of the tests, from quick to whole; all but UNIT are JUnit tags.
enum Ring {
  /// What needs no other process.
  UNIT,
  /// Real MariaDB, Redis, Kafka.
  ENGINE,
  /// Real Envoy.
  MESH,
  /// The whole stack.
  E2E;

  private String tag() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What tells Maven to run these rings and no others; nothing to say for all of them.
  static List<String> selection(Set<Ring> wanted) {
    if (wanted.isEmpty() || wanted.size() == values().length) {
      return List.of();
    }
    if (!wanted.contains(UNIT)) {
      return List.of("-Dgroups=" + tags(wanted, "|"));
    }
    Set<Ring> rest = EnumSet.complementOf(EnumSet.copyOf(wanted));
    return List.of("-Drings.excluded=" + tags(rest, ","));
  }

  private static String tags(Set<Ring> rings, String separator) {
    return rings.stream().map(Ring::tag).collect(Collectors.joining(separator));
  }
}
