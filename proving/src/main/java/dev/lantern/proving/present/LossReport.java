package dev.lantern.proving.present;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What came of a drill.
///
/// @param acknowledged orders that users were told were accepted
/// @param bookedBefore of them, in the ledger before the loss
/// @param lost of them, in no row when everything was gone: brought back by copies alone
/// @param answers by state, what presenting users were told at last
/// @param refused by problem, what those were told who presented what is not theirs or forged
/// @param frozenLeases of the topic that was lost
/// @param bookedOnce of the acknowledged, booked with the amount promised and posted once
/// @param parked of them
/// @param promisedFen and `bookedFen`, `parkedFen`, `freeFen`, `leasedFen` of `totalFen`: the
///   budget when the window had ended
/// @param laws each with whether it held
/// @param presentS from the first copy to the last answer; `drainS` from the window's end to DRAIN
/// @param problems what was seen that must not be
public record LossReport(
    int users,
    long acknowledged,
    long bookedBefore,
    long lost,
    Map<String, Long> answers,
    Map<String, Long> refused,
    long frozenLeases,
    long bookedOnce,
    long parked,
    long promisedFen,
    long totalFen,
    long bookedFen,
    long parkedFen,
    long freeFen,
    long leasedFen,
    Map<String, Boolean> laws,
    double presentS,
    double drainS,
    double seconds,
    List<String> problems) {
  private static final Gson GSON =
      new GsonBuilder()
          .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
          .disableHtmlEscaping()
          .setPrettyPrinting()
          .create();

  public LossReport {
    answers = new TreeMap<>(answers);
    refused = new TreeMap<>(refused);
    laws = new TreeMap<>(laws);
    problems = List.copyOf(problems);
  }

  /// Whether there was something to lose, it was lost, and every law held.
  public boolean good() {
    return problems.isEmpty()
        && lost > 0
        && frozenLeases > 0
        && !laws.isEmpty()
        && !laws.containsValue(false);
  }

  public String json() {
    return GSON.toJson(this);
  }

  public String text() {
    return """
    users %d, acknowledged %d, booked before the loss %d, lost %d, leases frozen %d
    copies: %s, refused %s, in %.1f s
    booked once %d, parked %d; budget %d = booked %d + parked %d + free %d (+ leased %d), %.1f s after the window's end
    laws: %s%s\
    """
        .formatted(
            users,
            acknowledged,
            bookedBefore,
            lost,
            frozenLeases,
            answers,
            refused,
            presentS,
            bookedOnce,
            parked,
            totalFen,
            bookedFen,
            parkedFen,
            freeFen,
            leasedFen,
            drainS,
            laws,
            problems.isEmpty() ? "" : "\n  " + String.join("\n  ", problems));
  }
}
