package dev.lantern.controlplane.policy;

import java.util.Optional;

/// One key of a mapping.
///
/// @param unlessGiven what stands for it when it is left out, as it would be written
/// @param says what an editor shows beside it
record Field(
    String name, Shape shape, boolean required, Optional<String> unlessGiven, String says) {

  static Field must(String name, Shape shape, String says) {
    return new Field(name, shape, true, Optional.empty(), says);
  }

  static Field may(String name, Shape shape, String says) {
    return new Field(name, shape, false, Optional.empty(), says);
  }

  static Field may(String name, Shape shape, String unlessGiven, String says) {
    return new Field(name, shape, false, Optional.of(unlessGiven), says);
  }
}
