package dev.lantern.proving.laws;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What `lantern reconcile` found.
///
/// @param laws the verdicts of the laws that could be judged
/// @param examined how many comparisons each rests on
/// @param sources what each law was computed from and compared with
/// @param notes what was left out, and why
public record ReconcileReport(
    Map<Law, Boolean> laws,
    Map<String, Long> totals,
    List<Finding> findings,
    Map<Law, Long> examined,
    Map<Law, String> sources,
    List<String> activities,
    List<String> notes) {
  private static final Gson GSON =
      new GsonBuilder()
          .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
          .disableHtmlEscaping()
          .setPrettyPrinting()
          .create();

  static ReconcileReport of(
      LawReport report, Map<String, Long> totals, List<String> activities, List<String> notes) {
    var sources = new TreeMap<Law, String>();
    report.laws().keySet().forEach(law -> sources.put(law, law.source() + " / " + law.against()));
    return new ReconcileReport(
        new TreeMap<>(report.laws()),
        totals,
        report.findings(),
        new TreeMap<>(report.examined()),
        sources,
        activities,
        notes);
  }

  /// Whether every law that could be judged holds.
  public boolean good() {
    return !laws.containsValue(false);
  }

  public String json() {
    return GSON.toJson(this);
  }
}
