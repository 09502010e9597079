package dev.lantern.proving.counter;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;

/// What came of a proof.
///
/// @param reads of memory, by the SDK's readers
/// @param calls answered to a client that alternates between the instances
/// @param unanswered its calls that were refused rather than answered with less
/// @param backward how often anybody was told less than before
/// @param redisDrift what the two Redis differ by at rest
public record ProofReport(
    ProofOptions options,
    double seconds,
    long reads,
    long calls,
    long unanswered,
    long backward,
    int switchesByHand,
    int switchesByThemselves,
    int instanceKills,
    int redisWipes,
    long redisDrift,
    List<Counted> counters) {

  /// One counter at rest.
  ///
  /// @param journal whether its writers keep one
  /// @param kills of its writers
  /// @param least what they had certainly counted; `most` adds what was under way when they were
  ///   killed
  /// @param value what each instance tells in the end
  /// @param bound how much may be lost: an interval of each killed writer without a journal, and
  ///   one for reports under way
  public record Counted(
      String name,
      boolean journal,
      int kills,
      long least,
      long most,
      List<Long> value,
      long bound) {

    /// How far the furthest instance is from the truth; negative when it lacks something.
    public long drift() {
      return value.stream()
          .mapToLong(each -> each < least ? each - least : Math.max(0, each - most))
          .reduce(0, (one, other) -> Math.abs(other) > Math.abs(one) ? other : one);
    }

    public boolean good() {
      return drift() <= 0 && -drift() <= bound;
    }
  }

  public boolean good() {
    return backward == 0
        && redisDrift == 0
        && reads >= options.reads()
        && switchesByHand + switchesByThemselves >= options.switches()
        && counters.stream().allMatch(Counted::good);
  }

  public String json() {
    var whole = new JsonObject();
    whole.addProperty("good", good());
    whole.addProperty("seconds", Math.round(seconds));
    whole.addProperty("lost_replies_percent", options.lostPercent());
    whole.addProperty("reads", reads);
    whole.addProperty("calls", calls);
    whole.addProperty("calls_unanswered", unanswered);
    whole.addProperty("backward", backward);
    whole.addProperty("switches_by_hand", switchesByHand);
    whole.addProperty("switches_by_themselves", switchesByThemselves);
    whole.addProperty("instance_kills", instanceKills);
    whole.addProperty("redis_wipes", redisWipes);
    whole.addProperty("redis_drift", redisDrift);
    var all = new JsonArray();
    for (Counted counter : counters) {
      var one = new JsonObject();
      one.addProperty("name", counter.name());
      one.addProperty("journal", counter.journal());
      one.addProperty("writer_kills", counter.kills());
      one.addProperty("counted", counter.least());
      one.addProperty("in_doubt", counter.most() - counter.least());
      one.addProperty("value", counter.value().getFirst());
      one.addProperty("drift", counter.drift());
      one.addProperty("bound", counter.bound());
      all.add(one);
    }
    whole.add("counters", all);
    return whole.toString();
  }

  /// The same for people.
  public String text() {
    var text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "  %,d reads of memory and %,d of the service (%,d refused) in %.0f s: %d backward%n",
            reads,
            calls,
            unanswered,
            seconds,
            backward));
    text.append(
        "  %d switches by hand, %d by themselves; %d%% of the replies lost; killed: %d instances, %d Redis with their data%n"
            .formatted(
                switchesByHand,
                switchesByThemselves,
                options.lostPercent(),
                instanceKills,
                redisWipes));
    for (Counted counter : counters) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %s, %s, writers killed %d times: counted %,d (%d in doubt), told %,d: drift %,d, allowed %,d%n",
              counter.name(),
              counter.journal() ? "journal" : "no journal",
              counter.kills(),
              counter.least(),
              counter.most() - counter.least(),
              counter.value().getFirst(),
              counter.drift(),
              -counter.bound()));
    }
    text.append("  the two Redis at rest differ by %d%n".formatted(redisDrift));
    return text.append(good() ? "  good" : "  BAD").toString();
  }
}
