package dev.lantern.runtime.config;

import java.util.Collection;
import java.util.Comparator;

/// The known name closest to a misspelt one, by edit distance.
final class Nearest {

  private Nearest() {}

  /// `; the nearest known is X`, or nothing when none is known.
  static String hint(String name, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt((String one) -> distance(name, one)).thenComparing(one -> one))
        .map(one -> "; the nearest known is " + one)
        .orElse("");
  }

  /// Levenshtein: insertions, deletions and replacements from `a` to `b`.
  static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.length()];
  }
}
