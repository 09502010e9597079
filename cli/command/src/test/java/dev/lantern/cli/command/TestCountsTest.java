package dev.lantern.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestCountsTest {
  @Test
  void see_addsModulesAndNotTheirClasses() {
    var counts = new TestCounts();
    counts.see(
        "[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 1 s -- in A");
    counts.see("[INFO] Tests run: 5, Failures: 0, Errors: 0, Skipped: 1");
    counts.see("[ERROR] Tests run: 7, Failures: 1, Errors: 2, Skipped: 0");
    counts.see("[INFO] BUILD FAILURE");

    assertThat(counts.ran()).isEqualTo(12);
    assertThat(counts.failed()).isEqualTo(3);
    assertThat(counts.line()).isEqualTo("Tests run: 12, Failures: 1, Errors: 2, Skipped: 1");
    assertThat(counts.json(false).get("ran").getAsInt()).isEqualTo(12);
  }
}
