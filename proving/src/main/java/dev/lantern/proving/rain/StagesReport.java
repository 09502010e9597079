package dev.lantern.proving.rain;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.lantern.proving.clientlog.ClientEntry;
import dev.lantern.proving.clientlog.Told;
import dev.lantern.proving.stages.StageCheck.Verdict;
import dev.lantern.proving.stages.StageRows;
import dev.lantern.proving.stages.Wrong;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/// What came of a rain over three stages.
///
/// @param ordersByStage by *resolve(round)*
/// @param aroundChange orders whose grab was sent within 3 s of the change-over, by stage
/// @param ordersByClock by how far the clock of the instance that accepted them was ahead, in ms
/// @param plantReported whether the check named an order that was moved behind its back
public record StagesReport(
    RainReport rain,
    String changeOver,
    Map<String, Long> ordersByStage,
    Map<String, Long> aroundChange,
    Map<Long, Long> ordersByClock,
    long compared,
    List<Wrong> wrong,
    boolean plantReported) {

  /// @param startedAt when the log's clock stood at 0
  static StagesReport of(
      RainReport rain,
      StagesPlan plan,
      List<Duration> clocks,
      StageRows rows,
      List<ClientEntry> log,
      Instant startedAt,
      Verdict verdict,
      boolean plantReported) {
    Map<String, Instant> sent = sent(log, startedAt);
    var around = new TreeMap<String, Long>();
    var byClock = new TreeMap<Long, Long>();
    clocks.forEach(clock -> byClock.put(clock.toMillis(), 0L));
    for (StageRows.Order row : rows.orders()) {
      Instant at = sent.get(row.orderNo());
      if (at != null) {
        byClock.merge(clock(Duration.between(at, row.acceptedAt()), clocks), 1L, Long::sum);
        if (Duration.between(plan.changeOver(), at).abs().compareTo(TimedScene.AROUND) <= 0) {
          around.merge(row.childId().substring(plan.runId().length() + 1), 1L, Long::sum);
        }
      }
    }
    return new StagesReport(
        rain,
        plan.changeOver().toString(),
        new TreeMap<>(verdict.ordersByStage()),
        around,
        byClock,
        verdict.compared(),
        verdict.wrong(),
        plantReported);
  }

  /// When the call that was first told of an acceptance was sent.
  private static Map<String, Instant> sent(List<ClientEntry> log, Instant startedAt) {
    var sent = new HashMap<String, Instant>();
    for (ClientEntry entry : log) {
      if (entry.told() instanceof Told.Accepted accepted && !accepted.replayed()) {
        sent.putIfAbsent(accepted.orderNo(), startedAt.plusNanos(entry.sentNs()));
      }
    }
    return sent;
  }

  /// The clock that said so: the fastest one that is not ahead of what was said. A call takes less
  /// time than the clocks are apart.
  private static long clock(Duration said, List<Duration> clocks) {
    return clocks.stream()
        .mapToLong(Duration::toMillis)
        .filter(ahead -> ahead <= said.toMillis() + 50)
        .max()
        .orElse(clocks.stream().mapToLong(Duration::toMillis).min().orElse(0));
  }

  /// Whether no order is in the wrong stage, every stage and every clock had some, some of them at
  /// the change-over, the check can fail, and all laws hold.
  public boolean good() {
    return rain.good()
        && wrong.isEmpty()
        && plantReported
        && ordersByStage.size() == 3
        && aroundChange.containsKey("grey")
        && aroundChange.containsKey("official")
        && ordersByClock.values().stream().allMatch(orders -> orders > 0);
  }

  /// The rain's report with `stages` beside it.
  public String json() {
    var gson =
        new GsonBuilder()
            .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
            .disableHtmlEscaping()
            .setPrettyPrinting()
            .create();
    JsonObject stages = gson.toJsonTree(this).getAsJsonObject();
    stages.remove("rain");
    JsonObject whole = JsonParser.parseString(rain.json()).getAsJsonObject();
    whole.add("stages", stages);
    return gson.toJson(whole);
  }

  /// Keeps the JSON.
  public void write(Path file) {
    try {
      Files.writeString(file, json() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("the report cannot be written to " + file, e);
    }
  }

  /// For people.
  public String text() {
    var lines = new StringJoiner("\n");
    lines.add(Books.of(rain));
    lines.add("");
    lines.add("  GREY became OFFICIAL at " + changeOver);
    lines.add("  orders by resolve(round)           " + ordersByStage);
    lines.add("  sent within 3 s of the change-over " + aroundChange);
    lines.add("  by the accepting clock, ms ahead   " + ordersByClock);
    lines.add(
        "  in the wrong stage                 %d of %d compared".formatted(wrong.size(), compared));
    lines.add("  a planted one is reported          " + (plantReported ? "yes" : "NO"));
    wrong.stream()
        .limit(20)
        .forEach(
            one -> lines.add("  ! %s %s: %s".formatted(one.kind(), one.orderNo(), one.detail())));
    return lines.toString();
  }
}
