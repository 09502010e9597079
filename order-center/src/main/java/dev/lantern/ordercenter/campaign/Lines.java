package dev.lantern.ordercenter.campaign;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where each path of a document stands, and the problems found so far.
///
/// At most [#MAX_PROBLEMS] are kept: a document that is wrong from top to bottom is not worth more.
final class Lines {
  static final int MAX_PROBLEMS = 100;

  private final Map<String, Integer> lineOf = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  void mark(String path, int line) {
    lineOf.putIfAbsent(path, line);
  }

  /// Notes a problem at a path; a path that is not in the document gets the line of the nearest one
  /// above it.
  ///
  /// @param remedy what the author should write instead
  void problem(String path, String message, String remedy) {
    if (problems.size() < MAX_PROBLEMS) {
      problems.add(new Problem(path, line(path), message, remedy));
    }
  }

  boolean clean() {
    return problems.isEmpty();
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  private int line(String path) {
    String at = path;
    while (true) {
      Integer line = lineOf.get(at);
      if (line != null) {
        return line;
      }
      int up = Math.max(at.lastIndexOf('.'), at.lastIndexOf('['));
      if (up < 0) {
        return lineOf.getOrDefault("", 0);
      }
      at = at.substring(0, up);
    }
  }
}
