package dev.lantern.ordercenter.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReportTest {
  private static final Instant NOW = Instant.parse("2027-01-01T12:00:00Z");

  private static Report of(String subject, String detail) {
    Found found =
        Found.of(Discrepancy.BALANCE_DIFFERS, subject, "spring-official", 1_205, 2, detail);
    return new Report(
        NOW,
        List.of(new Finding(7, found, Finding.State.OPEN, NOW, NOW, NOW, Optional.empty(), 0)));
  }

  @Test
  void csv_quotesWhatWouldEndACell() {
    assertThat(of("a,b", "he said \"no\"\nand left").csv())
        .contains(",\"a,b\",")
        .contains("\"he said \"\"no\"\"\nand left\"");
  }

  @Test
  void csv_quotesEveryCell() {
    assertThat(of("a", "b").csv().lines().skip(1)).allMatch(line -> line.startsWith("\"7\",\""));
    assertThat(of("a", "b").csv()).contains(",\"a\",").contains(",\"b\",");
  }

  @Test
  void csv_disarmsFormulas_alsoAfterASemicolon() {
    assertThat(of("=HYPERLINK(1)", "-1").csv())
        .contains(",\"'=HYPERLINK(1)\",")
        .contains(",\"'-1\",");
    assertThat(of("a;=1", "b; @x;+2;\t3;-4;c-5").csv())
        .contains(",\"a;'=1\",")
        .contains(",\"b;' @x;'+2;'\t3;'-4;c-5\",");
    assertThat(Report.csv("x\r\n=1")).isEqualTo("\"x\r\n'=1\"");
  }

  @Test
  void html_escapesEveryText() {
    String page = of("<script>alert(1)</script>", "\"><img src=x onerror='1'>").html();
    assertThat(page)
        .doesNotContain("<script")
        .doesNotContain("<img")
        .contains("&lt;script&gt;")
        .contains("&quot;&gt;&lt;img src=x onerror=&#39;1&#39;&gt;");
  }

  @Test
  void html_needsNothingElse_andSumsWhatIsOpen() {
    String page = of("17/spring/1", "differs").html();
    assertThat(page)
        .contains("default-src 'none'")
        .contains("<td>BALANCE_DIFFERS<td class=n>1<td class=n>12.05")
        .doesNotContain("http:")
        .doesNotContain("https:")
        .doesNotContain("src=");
  }
}
