package dev.lantern.proving.measure;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What came of the benchmarks.
public record BenchReport(List<Comparison> comparisons) {
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();
  private static final double DIGITS = 1_000.0;

  public BenchReport {
    comparisons = List.copyOf(comparisons);
  }

  /// Whether every call of every round ended well; goals that are not met are figures, too.
  public boolean sound() {
    return comparisons.stream().allMatch(it -> it.errors() == 0);
  }

  public String json() {
    var all = new JsonArray();
    comparisons.forEach(it -> all.add(json(it)));
    var whole = new JsonObject();
    whole.add("benchmarks", all);
    return GSON.toJson(whole);
  }

  public void write(Path file) {
    try {
      Files.writeString(file, json() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("the report cannot be written to " + file, e);
    }
  }

  /// The same for people.
  public String table() {
    var text = new StringBuilder();
    for (Comparison it : comparisons) {
      text.append(
          "%-7s %s%n        ours %s, %s %s: ratio %.2f, goal %s %s, %s%n"
              .formatted(
                  it.name(),
                  it.metric(),
                  number(it.ours()),
                  it.beside(),
                  number(it.other()),
                  it.ratio(),
                  it.goal().bound().sign(),
                  number(it.goal().ratio()),
                  it.met() ? "met" : "NOT MET"));
      text.append(
          "        by the clock %s and %s a second; %d rounds, %d errors%n"
              .formatted(number(it.oursPerS()), number(it.otherPerS()), it.rounds(), it.errors()));
      text.append("        CPU us each: %s%n".formatted(spoken(it.cpuUs())));
      text.append("        beside it:   %s%n".formatted(spoken(it.otherCpuUs())));
      text.append("        %s%n".formatted(it.conditions()));
    }
    return text.toString().stripTrailing();
  }

  static String spoken(Map<String, Double> micros) {
    var text = new StringBuilder();
    micros.forEach((part, figure) ->
        text.append(text.isEmpty() ? "" : ", ").append(part).append(' ').append(number(figure)));
    return text.toString();
  }

  private static String number(double figure) {
    return String.format(Locale.ROOT, figure >= 100 ? "%,.0f" : "%.1f", figure);
  }

  private static JsonObject json(Comparison it) {
    var one = new JsonObject();
    one.addProperty("name", it.name());
    one.addProperty("metric", it.metric());
    one.addProperty("ours", rounded(it.ours()));
    one.addProperty("beside", it.beside());
    one.addProperty("other", rounded(it.other()));
    one.addProperty("ratio", rounded(it.ratio()));
    one.addProperty("goal", it.goal().ratio());
    one.addProperty("goal_bound", it.goal().bound().name().toLowerCase(Locale.ROOT));
    one.addProperty("met", it.met());
    one.addProperty("rounds", it.rounds());
    one.addProperty("errors", it.errors());
    one.addProperty("conditions", it.conditions());
    one.addProperty("ours_per_s", rounded(it.oursPerS()));
    one.addProperty("other_per_s", rounded(it.otherPerS()));
    one.add("cpu_us", json(it.cpuUs()));
    one.add("other_cpu_us", json(it.otherCpuUs()));
    return one;
  }

  private static JsonObject json(Map<String, Double> micros) {
    var object = new JsonObject();
    micros.forEach((part, figure) -> object.addProperty(part, rounded(figure)));
    return object;
  }

  private static double rounded(double figure) {
    return Double.isFinite(figure) ? Math.round(figure * DIGITS) / DIGITS : 0;
  }
}
