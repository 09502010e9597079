package dev.lantern.controlplane.diff;

import java.util.ArrayList;
import java.util.List;

/// Two texts as a unified diff with three lines of context.
///
/// The longest common subsequence of what lies between the common head and tail; where that would
/// take more than [#MOST_CELLS] comparisons, the whole middle is shown as replaced: longer, and
/// still true.
public final class Unified {
  static final int MOST_CHARACTERS = 65_536;
  static final int MOST_CELLS = 4_000_000;
  private static final int CONTEXT = 3;

  /// The diff.
  ///
  /// @param truncated the rest was left off
  public record Text(String text, boolean truncated) {}

  private enum Sign {
    SAME(' '),
    GONE('-'),
    NEW('+');

    private final char mark;

    Sign(char mark) {
      this.mark = mark;
    }
  }

  private record Line(Sign sign, String text, int before, int after) {}

  private Unified() {}

  public static Text of(String before, String after) {
    List<Line> lines = lines(before.lines().toList(), after.lines().toList());
    var text = new StringBuilder();
    int shownTo = -1;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).sign() == Sign.SAME) {
        continue;
      }
      int from = Math.max(i - CONTEXT, shownTo + 1);
      if (from > shownTo + 1 || shownTo < 0) {
        Line first = lines.get(from);
        text.append("@@ -%d +%d @@\n".formatted(first.before(), first.after()));
      }
      int to = Math.min(lines.size() - 1, lastOfChange(lines, i) + CONTEXT);
      for (int line = from; line <= to; line++) {
        text.append(lines.get(line).sign().mark).append(lines.get(line).text()).append('\n');
      }
      shownTo = to;
      i = to;
    }
    return text.length() > MOST_CHARACTERS
        ? new Text(text.substring(0, MOST_CHARACTERS), true)
        : new Text(text.toString(), false);
  }

  /// The last changed line that belongs to the same stretch.
  private static int lastOfChange(List<Line> lines, int first) {
    int last = first;
    for (int i = first; i < lines.size() && i <= last + 2 * CONTEXT; i++) {
      if (lines.get(i).sign() != Sign.SAME) {
        last = i;
      }
    }
    return last;
  }

  private static List<Line> lines(List<String> before, List<String> after) {
    int head = 0;
    int shorter = Math.min(before.size(), after.size());
    while (head < shorter && before.get(head).equals(after.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
      tail++;
    }
    var lines = new ArrayList<Line>();
    for (int i = 0; i < head; i++) {
      lines.add(new Line(Sign.SAME, before.get(i), i + 1, i + 1));
    }
    middle(before, after, head, before.size() - tail, after.size() - tail, lines);
    for (int i = 0; i < tail; i++) {
      int old = before.size() - tail + i;
      lines.add(new Line(Sign.SAME, before.get(old), old + 1, after.size() - tail + i + 1));
    }
    return lines;
  }

  private static void middle(
      List<String> before,
      List<String> after,
      int head,
      int beforeEnd,
      int afterEnd,
      List<Line> lines) {
    int[][] common = common(before, after, head, beforeEnd, afterEnd);
    int i = head;
    int j = head;
    while (i < beforeEnd || j < afterEnd) {
      boolean both = i < beforeEnd && j < afterEnd;
      if (both && common.length > 0 && before.get(i).equals(after.get(j))) {
        lines.add(new Line(Sign.SAME, before.get(i++), i, ++j));
      } else if (j >= afterEnd || (both && goesFirst(common, i - head, j - head))) {
        lines.add(new Line(Sign.GONE, before.get(i++), i, j + 1));
      } else {
        lines.add(new Line(Sign.NEW, after.get(j++), i + 1, j));
      }
    }
  }

  /// Of two lines that differ, whether the old one is told first.
  private static boolean goesFirst(int[][] common, int i, int j) {
    return common.length == 0 || common[i + 1][j] >= common[i][j + 1];
  }

  /// `[i][j]`: how many lines the rests from i and j have in common; empty when too much to tell.
  private static int[][] common(
      List<String> before, List<String> after, int head, int beforeEnd, int afterEnd) {
    int rows = beforeEnd - head;
    int columns = afterEnd - head;
    if ((long) (rows + 1) * (columns + 1) > MOST_CELLS) {
      return new int[0][];
    }
    int[][] common = new int[rows + 1][columns + 1];
    for (int i = rows - 1; i >= 0; i--) {
      for (int j = columns - 1; j >= 0; j--) {
        common[i][j] =
            before.get(head + i).equals(after.get(head + j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }
}
