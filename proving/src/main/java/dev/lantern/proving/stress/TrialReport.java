package dev.lantern.proving.stress;

import com.google.gson.GsonBuilder;
import dev.lantern.proving.clientlog.Told;
import dev.lantern.proving.laws.Finding;
import dev.lantern.proving.laws.Law;
import dev.lantern.proving.laws.LawReport;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;

/// What came of a trial.
///
/// @param refused by layer, as clients were told
/// @param latencyMs of accepted grabs, from when each was due
/// @param liveChanged what is otherwise in the live lane; must be nothing
/// @param liveCompared how many things that rests on
public record TrialReport(
    String run,
    int sent,
    int unsent,
    int accepted,
    int lost,
    Map<String, Long> refused,
    Map<String, Long> refusedByReason,
    Map<String, Double> latencyMs,
    double acceptedPerSecond,
    boolean drained,
    Map<Law, Boolean> laws,
    Map<Law, Long> examined,
    List<Finding> findings,
    List<String> liveChanged,
    long liveCompared) {
  /// What a trial's books must keep; what users are shown is the rain's matter.
  private static final Set<Law> JUDGED =
      EnumSet.of(Law.ONCE, Law.CAP, Law.DRAIN, Law.KEEP, Law.SUM);

  private static final int MOST_FINDINGS = 20;

  static TrialReport of(
      String run,
      OpenLoop.Result load,
      boolean drained,
      LawReport laws,
      List<String> liveChanged,
      long liveCompared) {
    var refused = new TreeMap<String, Long>();
    var reasons = new TreeMap<String, Long>();
    int accepted = 0;
    int lost = 0;
    for (OpenLoop.Shot shot : load.shots()) {
      switch (shot.told()) {
        case Told.Accepted _ -> accepted++;
        case Told.Refused told -> {
          refused.merge(told.layer().isEmpty() ? "unknown" : told.layer(), 1L, Long::sum);
          reasons.merge(told.reason(), 1L, Long::sum);
        }
        case Told.Lost _ -> lost++;
        case Told.SessionOpened _,
            Told.WalletShown _,
            Told.FlowsShown _,
            Told.OrderShown _,
            Told.CounterShown _ ->
            throw new IllegalStateException("a grab was answered with " + shot.told());
      }
    }
    var judged = new LinkedHashMap<Law, Boolean>();
    var examined = new LinkedHashMap<Law, Long>();
    for (Law law : JUDGED) {
      judged.put(law, laws.laws().getOrDefault(law, false));
      examined.put(law, laws.examined().getOrDefault(law, 0L));
    }
    return new TrialReport(
        run,
        load.shots().size(),
        load.unsent(),
        accepted,
        lost,
        refused,
        reasons,
        latency(load),
        accepted / Math.max(load.seconds(), 0.001),
        drained,
        judged,
        examined,
        laws.findings().stream().filter(finding -> JUDGED.contains(finding.law())).toList(),
        liveChanged,
        liveCompared);
  }

  private static Map<String, Double> latency(OpenLoop.Result load) {
    long[] sorted =
        load.shots().stream()
            .filter(shot -> shot.told() instanceof Told.Accepted)
            .mapToLong(OpenLoop.Shot::latencyNs)
            .sorted()
            .toArray();
    var figures = new LinkedHashMap<String, Double>();
    figures.put("p50", at(sorted, 50));
    figures.put("p90", at(sorted, 90));
    figures.put("p99", at(sorted, 99));
    figures.put("max", at(sorted, 100));
    return figures;
  }

  private static double at(long[] sorted, int percent) {
    if (sorted.length == 0) {
      return 0;
    }
    int index = (int) Math.ceil(sorted.length * percent / 100.0) - 1;
    return sorted[Math.max(0, index)] / 1e6;
  }

  /// Whether the laws hold on the lane's books and the live lane is as it was.
  public boolean good() {
    return drained
        && accepted > 0
        && liveChanged.isEmpty()
        && laws.values().stream().allMatch(Boolean::booleanValue);
  }

  public String json() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("run", run);
    fields.put("sent", sent);
    fields.put("unsent", unsent);
    fields.put("accepted", accepted);
    fields.put("lost", lost);
    fields.put("refused", refused);
    fields.put("refused_by_reason", refusedByReason);
    fields.put("accept_ms", latencyMs);
    fields.put("accept_per_s", acceptedPerSecond);
    fields.put("drained", drained);
    fields.put("laws", laws);
    fields.put("examined", examined);
    fields.put("findings", findings);
    fields.put("live_changed", liveChanged);
    fields.put("live_compared", liveCompared);
    return new GsonBuilder().setPrettyPrinting().create().toJson(fields);
  }

  public String text() {
    var lines = new StringJoiner("\n");
    lines.add("");
    lines.add("  trial " + run + " in the stress lane");
    lines.add("  %-22s %10d".formatted("grabs sent", sent));
    lines.add("  %-22s %10d  %.1f/s".formatted("accepted", accepted, acceptedPerSecond));
    lines.add("  %-22s %10d".formatted("answers lost", lost));
    lines.add("  %-22s %10d".formatted("not sent", unsent));
    refused.forEach(
        (layer, count) -> lines.add("  %-22s %10d".formatted("refused by " + layer, count)));
    refusedByReason.forEach(
        (reason, count) -> lines.add("  %-22s %10d".formatted("  " + reason, count)));
    lines.add(
        "  accepted in, from when each was due: p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, max %.1f ms"
            .formatted(
                latencyMs.get("p50"),
                latencyMs.get("p90"),
                latencyMs.get("p99"),
                latencyMs.get("max")));
    lines.add("");
    laws.forEach((law, holds) ->
        lines.add(
            "  %-6s %-5s %8d compared"
                .formatted(law, holds ? "holds" : "FAILS", examined.get(law))));
    findings.stream()
        .limit(MOST_FINDINGS)
        .forEach(f -> lines.add("  ! %s %s: %s".formatted(f.law(), f.kind(), f.detail())));
    lines.add(
        liveChanged.isEmpty()
            ? "  the live lane is as it was: %d tables, partitions and keys compared"
                .formatted(liveCompared)
            : "  THE LIVE LANE CHANGED");
    liveChanged.stream().limit(MOST_FINDINGS).forEach(change -> lines.add("  ! " + change));
    if (!drained) {
      lines.add("  NOT DRAINED: the queue or a lease did not come to rest");
    }
    return lines.toString();
  }
}
