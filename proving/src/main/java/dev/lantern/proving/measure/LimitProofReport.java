package dev.lantern.proving.measure;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// What came of a [LimitProof].
public record LimitProofReport(
    int limiters, int killed, Duration length, long calls, List<LimitTally.Result> keys) {
  /// Of the calls of a key at most one in so many may be late or undecided.
  private static final int LOST = 3;

  public LimitProofReport {
    keys = List.copyOf(keys);
  }

  /// Whether no window of any key was over, and that says something: at least half of what the rate
  /// yields was let through in time, and of all calls no more than a third was late or undecided.
  public boolean good() {
    return bounded() && keys.stream().allMatch(one -> used(one) && decided(one));
  }

  /// Whether no window of any key was over, and each key let something through.
  public boolean bounded() {
    return !keys.isEmpty() && keys.stream().allMatch(one -> one.holds() && one.passed() > 0);
  }

  private boolean used(LimitTally.Result one) {
    return 2 * one.passed() * 1_000 >= one.key().perSecond() * length.toMillis();
  }

  private static boolean decided(LimitTally.Result one) {
    long lost = one.late() + one.unknown();
    return LOST * lost <= one.passed() + one.refused() + lost;
  }

  public String text() {
    var text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%d limiters, %d killed, %d s, %,d calls%n",
            limiters,
            killed,
            length.toSeconds(),
            calls));
    for (LimitTally.Result one : keys) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-7s %,d/s, burst %,d: %,d let through, %,d refused, %,d late, %,d not decided%n"
                  + "        most beyond the rate in any window: %.1f, %s%n",
              one.key().rule(),
              one.key().perSecond(),
              one.key().burst(),
              one.passed(),
              one.refused(),
              one.late(),
              one.unknown(),
              one.excess(),
              one.holds() ? "within the burst" : "OVER"));
    }
    return text.toString().stripTrailing();
  }

  public String json() {
    var all = new JsonArray();
    for (LimitTally.Result one : keys) {
      var key = new JsonObject();
      key.addProperty("key", one.key().rule());
      key.addProperty("per_second", one.key().perSecond());
      key.addProperty("burst", one.key().burst());
      key.addProperty("passed", one.passed());
      key.addProperty("refused", one.refused());
      key.addProperty("late", one.late());
      key.addProperty("not_decided", one.unknown());
      key.addProperty("excess", one.excess());
      key.addProperty("holds", one.holds());
      all.add(key);
    }
    var whole = new JsonObject();
    whole.addProperty("limiters", limiters);
    whole.addProperty("killed", killed);
    whole.addProperty("seconds", length.toSeconds());
    whole.addProperty("calls", calls);
    whole.add("keys", all);
    return new GsonBuilder().setPrettyPrinting().create().toJson(whole);
  }
}
