package dev.lantern.controlplane.switches;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// What all switches stand at, in sixteen characters: who reports the same obeys the same.
final class Digest {
  private Digest() {}

  static String of(Map<String, Integer> values) {
    var text = new StringBuilder();
    new TreeMap<>(values).forEach((name, value) -> text.append(name + "=" + value + "\n"));
    return of(text.toString());
  }

  static String of(String text) {
    return Hashing.sha256().hashString(text, StandardCharsets.UTF_8).toString().substring(0, 16);
  }
}
