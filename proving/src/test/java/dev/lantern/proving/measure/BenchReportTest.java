package dev.lantern.proving.measure;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BenchReportTest {
  @TempDir Path folder;

  @Test
  void json_hasTheFieldsOfTheContract() throws Exception {
    Path file = folder.resolve("bench.json");
    new BenchReport(List.of(comparison(80, 20, 0))).write(file);

    JsonObject whole = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    JsonObject one = whole.getAsJsonArray("benchmarks").get(0).getAsJsonObject();
    assertThat(one.keySet())
        .contains(
            "name",
            "metric",
            "ours",
            "beside",
            "other",
            "ratio",
            "goal",
            "met",
            "rounds",
            "errors",
            "conditions");
    assertThat(one.get("ratio").getAsDouble()).isEqualTo(4);
    assertThat(one.get("goal").getAsDouble()).isEqualTo(4);
    assertThat(one.get("met").getAsBoolean()).isTrue();
    assertThat(one.getAsJsonObject("cpu_us").get("order-api-1").getAsDouble()).isEqualTo(80);
  }

  @Test
  void goal_fromAbove_isMetAtItsRatioAndNotOver() {
    assertThat(comparison(80, 20, 0).met()).isTrue();
    assertThat(comparison(80.1, 20, 0).met()).isFalse();
  }

  @Test
  void goal_fromBelow_isMetAtItsRatioAndNotUnder() {
    assertThat(Goal.atLeast(10).isMetBy(10)).isTrue();
    assertThat(Goal.atLeast(10).isMetBy(9.9)).isFalse();
    assertThat(Goal.atLeast(10).isMetBy(Double.NaN)).isFalse();
  }

  @Test
  void report_withAGoalThatIsNotMet_isSound_withAnError_isNot() {
    assertThat(new BenchReport(List.of(comparison(500, 20, 0))).sound()).isTrue();
    assertThat(new BenchReport(List.of(comparison(80, 20, 1))).sound()).isFalse();
  }

  private static Comparison comparison(double ours, double other, long errors) {
    return new Comparison(
        "accept",
        "CPU us a call",
        ours,
        "an echo",
        other,
        Goal.atMost(4),
        3,
        errors,
        "a test",
        1_000,
        4_000,
        Map.of("order-api-1", ours),
        Map.of("echo", other));
  }
}
