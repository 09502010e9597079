package dev.lantern.proving.chaos;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.lantern.proving.laws.Finding;
import dev.lantern.proving.laws.Law;
import java.util.List;
import java.util.Map;

/// What came of each case.
public record ChaosReport(List<Result> cases) {
  private static final Gson GSON =
      new GsonBuilder()
          .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
          .disableHtmlEscaping()
          .setPrettyPrinting()
          .create();

  public ChaosReport {
    cases = List.copyOf(cases);
  }

  /// One case.
  ///
  /// Where several cases share a rain, the numbers are those of the case's own round, from before
  /// its fault to after it; the laws are judged over the whole rain, and one that is broken
  /// anywhere in it is broken for all of them.
  ///
  /// @param acknowledged order numbers that clients were told were accepted
  /// @param booked and `parked`: theirs and everybody's rows of that activity or round
  /// @param refused by reason, what users were told instead, tries of one user counted singly
  /// @param lost answers that never came
  /// @param faultS how long the fault lasted
  /// @param recoveryS from the fault until the part answered, an order sent later was accepted and
  ///   the queue had drained; -1 if that was not seen before the rain ended
  /// @param rolledBackS for a settle frozen inside its transaction: until the server had freed its
  ///   locks; -1 where that does not apply
  public record Result(
      String target,
      String fault,
      String run,
      long acknowledged,
      long booked,
      long parked,
      long conflicts,
      Map<String, Long> refused,
      long lost,
      boolean drained,
      Map<Law, Boolean> laws,
      List<Finding> findings,
      double faultS,
      double recoveryS,
      double rolledBackS,
      String problem) {

    /// Whether the fault happened, the system came back, everything acknowledged is there, and
    /// every law holds.
    public boolean good() {
      return problem.isEmpty()
          && drained
          && recoveryS >= 0
          && acknowledged > 0
          && acknowledged == booked + parked
          && laws.size() == Law.values().length
          && !laws.containsValue(false);
    }
  }

  public boolean good() {
    return !cases.isEmpty() && cases.stream().allMatch(Result::good);
  }

  public String json() {
    return GSON.toJson(this);
  }
}
