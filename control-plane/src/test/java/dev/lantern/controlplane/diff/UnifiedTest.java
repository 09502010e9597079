package dev.lantern.controlplane.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UnifiedTest {
  @Test
  void sameTexts_differInNothing() {
    assertThat(Unified.of("a\nb\n", "a\nb\n").text()).isEmpty();
  }

  @Test
  void change_isShownWithThreeLinesAround() {
    String before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
    assertThat(Unified.of(before, before.replace("5", "five")).text())
        .isEqualTo("@@ -2 +2 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
  }

  @Test
  void distantChanges_areShownApart() {
    String before =
        IntStream.range(0, 40).mapToObj(Integer::toString).collect(Collectors.joining("\n"));
    String after = before.replace("5\n6", "5\nx\n6").replace("30\n", "");
    assertThat(Unified.of(before, after).text().lines().filter(line -> line.startsWith("@@")))
        .hasSize(2);
  }

  @Test
  void longDifference_isCutAndSaysSo() {
    Unified.Text text = Unified.of("", "x\n".repeat(Unified.MOST_CHARACTERS));
    assertThat(text.truncated()).isTrue();
    assertThat(text.text()).hasSize(Unified.MOST_CHARACTERS);
  }

  /// Taking the new lines from a diff without bounds on context gives the new text; so with the
  /// old.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13})
  void diff_tellsBothTexts(long seed) {
    var random = new Random(seed);
    List<String> before = words(random, 30);
    List<String> after = new ArrayList<>(before);
    for (int i = 0; i < 6; i++) {
      int at = random.nextInt(after.size());
      if (random.nextBoolean()) {
        after.remove(at);
      } else {
        after.add(at, "new" + i);
      }
    }
    List<String> lines =
        Unified.of(String.join("\n", before), String.join("\n", after)).text().lines().toList();
    assertThat(before).containsAll(told(lines, '-'));
    assertThat(after).containsAll(told(lines, '+'));
    assertThat(before.size() + told(lines, '+').size() - told(lines, '-').size())
        .isEqualTo(after.size());
  }

  private static List<String> told(List<String> lines, char mark) {
    return lines.stream()
        .filter(line -> line.charAt(0) == mark)
        .map(line -> line.substring(1))
        .toList();
  }

  private static List<String> words(Random random, int count) {
    return IntStream.range(0, count).mapToObj(_ -> "w" + random.nextInt(8)).toList();
  }
}
